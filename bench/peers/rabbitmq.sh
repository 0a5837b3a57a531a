#!/usr/bin/env bash
# Runs RabbitMQ as fetch.sh unpacked it, on loopback, with everything that it writes in one directory, until it is told to stop.
# It sets nothing: throughput is as its defaults give it.
#
# usage: rabbitmq.sh DIRECTORY PORT       PORT and the two above it are used
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. bench/peers/places.sh
data=$1 port=$2

erlang=$rabbitmq/usr/lib/erlang
home=$(echo "$rabbitmq"/usr/lib/rabbitmq/lib/rabbitmq_server-*)
export PATH=$erlang/bin:$PATH HOME=$data ERL_CRASH_DUMP=/dev/null
export ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$((port + 1))
export RABBITMQ_BASE=$data RABBITMQ_HOME=$home RABBITMQ_MNESIA_BASE=$data/mnesia RABBITMQ_LOG_BASE=$data/log RABBITMQ_LOGS=$data/log/rabbit
export RABBITMQ_NODENAME=bench@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$port RABBITMQ_DIST_PORT=$((port + 2))
export RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE=$data/none RABBITMQ_ENABLED_PLUGINS_FILE=$data/plugins RABBITMQ_PID_FILE=$data/pid
export RABBITMQ_SCHEMA_DIR=$data/schema RABBITMQ_GENERATED_CONFIG_DIR=$data/config

# The unpacked server does not start the port mapper by itself.
"$erlang/bin/epmd" -address 127.0.0.1 -port "$ERL_EPMD_PORT" &
mapper=$!
"$home/sbin/rabbitmq-server" >"$data/out" 2>&1 &
server=$!
trap exit TERM INT
trap 'kill "$server" || true; wait "$server" || true; kill "$mapper"' EXIT
wait "$server"
