# Sourced: where the peers are that fetch.sh unpacked.
servers=${TYPEDTASKS_SERVERS:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/typedtasks/servers}
celery=$servers/peers/celery
rabbitmq=$servers/peers/rabbitmq
