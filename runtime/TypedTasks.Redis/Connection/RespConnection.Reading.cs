using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

// Replies: read in place, in order, each handed to the command that waits longest.
internal sealed partial class RespConnection
{
    private async void ReadToEndAsync()
    {
        Exception cause;
        try
        {
            while (true)
            {
                int received = await _stream.ReadAsync(_incoming.Free).ConfigureAwait(false);
                if (received == 0)
                {
                    cause = new RedisConnectionException("The server closed the connection.");
                    break;
                }

                Volatile.Write(ref _lastReceived, Environment.TickCount64);
                _incoming.Received(received);
                while (_incoming.TryTake(out ReadOnlySpan<byte> reply))
                {
                    Dispatch(reply);
                }

                OnRoom?.Invoke();
            }
        }
        catch (Exception exception)
        {
            // Whatever it is: nobody awaits this loop, and those who wait for replies must hear of it.
            cause = exception;
        }

        Abort(cause);
        cause = Volatile.Read(ref _closed) ?? cause;
        while (_replicas is not null && _replicas.TryTake(out RespCommand? held, out _))
        {
            held.OnLost(cause, sent: true);
        }

        while (_ring.Take() is { } command)
        {
            command.OnLost(cause, sent: true);
        }

        _incoming.Dispose();
        _onClosed(this, cause);
    }

    private void Dispatch(ReadOnlySpan<byte> bytes)
    {
        var reply = new RespReader(bytes);
        if (_onPush is not null)
        {
            // A connection that listens sends nothing that is answered in order; in RESP2 what it hears are plain arrays.
            _onPush(RespValue.Read(ref reply));
            return;
        }

        if (reply.Type is RespType.Push)
        {
            return;
        }

        RespCommand command = _ring.Take() ?? throw new RespException("The server sent a reply to no command.");
        if (_replicas is null)
        {
            Volatile.Write(ref _answeredBytes, _answeredBytes + command.Bytes.Length);
            Answer(command, reply);
        }
        else if (command != _replicas)
        {
            _replicas.Hold(command, bytes);
        }
        else
        {
            Answer(command, reply);
            while (_replicas.TryTake(out RespCommand? held, out ReadOnlySpan<byte> heldReply))
            {
                Volatile.Write(ref _answeredBytes, _answeredBytes + held.Bytes.Length);
                Answer(held, new RespReader(heldReply), _replicas.ShortOf);
            }

            StepOn();
        }
    }

    /// <summary>Gives a command its reply; with a number of replicas, together with the news that only these have it.</summary>
    private void Answer(RespCommand command, RespReader reply, int? replicas = null)
    {
        try
        {
            if (replicas is { } few)
            {
                command.OnShort(ref reply, few);
            }
            else
            {
                command.OnReply(ref reply);
            }
        }
        catch (Exception exception)
        {
            // Not what this command is ever answered: the two sides disagree, and no later reply can be trusted. Or there is no way any more to send it again.
            // Closed first, so that whatever the command does about its loss goes by the next connection.
            Abort(exception);
            command.OnLost(exception, sent: true);
            throw;
        }
    }
}
