using Microsoft.Extensions.Logging;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>
/// The shared, pipelined connection to one primary, replaced whenever it breaks. Commands sent meanwhile wait, bounded in number, bytes and time.
/// </summary>
internal sealed class RedisNode : IAsyncDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    private readonly IPrimarySource _source;
    private readonly RedisEngineOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Queue<RespCommand> _waiting = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Timer _watch;
    private RedisCall? _loading;
    private RespConnection? _current;
    private ServerIdentity? _previous;
    private Exception? _trouble;
    private int _waitingCount;
    private long _waitingBytes;

    // Who takes the commands once the node has ended; null while it lives.
    private Action<RespCommand>? _successor;

    internal RedisNode(IPrimarySource source, RedisEngineOptions options, ILogger logger)
    {
        _source = source;
        _options = options;
        _logger = logger;
        var period = TimeSpan.FromMilliseconds(Math.Clamp(options.CommandTimeout.TotalMilliseconds / 10, 20, 250));
        _watch = new Timer(static node => ((RedisNode)node!).Watch(), this, period, period);
    }

    internal IPrimarySource Source => _source;

    /// <summary>Called after each failed try to connect; a cluster then looks for a new map.</summary>
    internal Action? OnUnreachable { get; init; }

    /// <summary>Called with each new connection, before anything is sent on it.</summary>
    internal Action<ServerIdentity>? OnConnected { get; init; }

    internal ServerIdentity? Server => Volatile.Read(ref _current)?.Server;

    /// <summary>Connects for the first time.</summary>
    internal async Task ConnectAsync(CancellationToken cancellationToken)
    {
        RespConnection connection = await _source.ConnectAsync(ConnectionPurpose.Commands, new ConnectionListener(null, OnClosed, Flush), cancellationToken).ConfigureAwait(false);
        Adopt(connection);
    }

    /// <summary>Lets the node connect by itself, now and whenever it must.</summary>
    internal void ConnectInBackground() => _ = ReconnectAsync();

    internal void Send(RespCommand command)
    {
        if (Volatile.Read(ref _waitingCount) == 0 && Volatile.Read(ref _current) is { } connection && connection.TrySend(command))
        {
            return;
        }

        Exception? refusal = null;
        Action<RespCommand>? successor;
        lock (_gate)
        {
            successor = _successor;
            if (successor is null && (refusal = Refusal(command)) is null)
            {
                command.SentAt = Environment.TickCount64;
                _waiting.Enqueue(command);
                _waitingBytes += command.Bytes.Length;
                Volatile.Write(ref _waitingCount, _waiting.Count);
            }
        }

        if (successor is not null)
        {
            successor(command);
        }
        else if (refusal is not null)
        {
            command.OnLost(refusal, sent: false);
        }
        else
        {
            Flush();
        }
    }

    /// <summary>Has scripts loaded before whatever is sent from now on; once for all commands that miss them at the same time, of which there may be thousands.</summary>
    internal void Load(IReadOnlyList<string> scripts)
    {
        if (Volatile.Read(ref _loading) is { Reply.IsCompleted: false })
        {
            return;
        }

        RedisCall[] loads = [.. scripts.Select(static script => new RedisCall("SCRIPT", "LOAD", script))];
        Volatile.Write(ref _loading, loads.LastOrDefault());
        foreach (RedisCall load in loads)
        {
            Send(load);
        }
    }

    /// <summary>Sends a command right behind <c>ASKING</c>, with nothing between the two.</summary>
    internal void SendAsking(RespCommand command)
    {
        if (Volatile.Read(ref _current) is not { } connection || !connection.TrySendPair(new RedisCall("ASKING"), command))
        {
            // The server will answer with MOVED or ASK again, and the command finds its way from there.
            Send(command);
        }
    }

    /// <summary>Gives the present connection up, because what is at its other end is not a primary any more.</summary>
    internal void Drop(Exception cause) => Volatile.Read(ref _current)?.Abort(cause);

    /// <summary>Ends the node. The commands that still wait, and those that come later, are <paramref name="successor"/>'s.</summary>
    internal void Retire(Action<RespCommand> successor)
    {
        RespCommand[] waiting;
        lock (_gate)
        {
            _successor = successor;
            waiting = [.. _waiting];
            _waiting.Clear();
            _waitingBytes = 0;
            Volatile.Write(ref _waitingCount, 0);
        }

        _stopping.Cancel();
        _watch.Dispose();
        Volatile.Read(ref _current)?.Abort(new RedisConnectionException("The connection is not needed any more."));
        foreach (RespCommand command in waiting)
        {
            successor(command);
        }
    }

    public ValueTask DisposeAsync()
    {
        Retire(static command => command.OnLost(new ObjectDisposedException(nameof(RedisNode), "The Redis engine is stopped."), sent: false));
        return ValueTask.CompletedTask;
    }

    private void Flush()
    {
        while (Volatile.Read(ref _waitingCount) > 0)
        {
            lock (_gate)
            {
                if (_current is not { } connection || !_waiting.TryPeek(out RespCommand? command))
                {
                    return;
                }

                // Once it is sent it may be answered, and be another command, at any moment.
                int length = command.Bytes.Length;
                if (!connection.TrySend(command))
                {
                    return;
                }

                _waiting.Dequeue();
                _waitingBytes -= length;
                Volatile.Write(ref _waitingCount, _waiting.Count);
            }
        }
    }

    private void Adopt(RespConnection connection)
    {
        OnConnected?.Invoke(connection.Server);
        // First of all: what was unknown is about to be resolved.
        ServerIdentity.End(_previous, connection);
        _previous = connection.Server;
        lock (_gate)
        {
            _trouble = null;
            Volatile.Write(ref _current, connection);
            if (_successor is not null)
            {
                connection.Abort(new RedisConnectionException("The connection is not needed any more."));
            }
        }

        // Not before it is the present one: its end would be taken for that of another, and nobody would connect again.
        connection.Start();
        Flush();
    }

    private void OnClosed(RespConnection connection, Exception cause)
    {
        lock (_gate)
        {
            if (_current != connection)
            {
                return;
            }

            _current = null;
            _trouble = cause;
            if (_successor is not null)
            {
                return;
            }
        }

        RedisLog.ConnectionLost(_logger, connection.Server.Endpoint.ToString(), cause.Message);
        _ = ReconnectAsync();
    }

    private async Task ReconnectAsync()
    {
        for (int failures = 0; !_stopping.IsCancellationRequested; failures++)
        {
            try
            {
                await Task.Delay(Backoff.Next(failures, FirstDelay, LongestDelay, Random.Shared), _stopping.Token).ConfigureAwait(false);
                RespConnection connection = await _source.ConnectAsync(ConnectionPurpose.Commands, new ConnectionListener(null, OnClosed, Flush), _stopping.Token).ConfigureAwait(false);
                RedisLog.Reconnected(_logger, connection.Server.Endpoint.ToString(), failures);
                Adopt(connection);
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is RedisConnectionException or RedisRefusedException)
            {
                RedisLog.CannotReconnect(_logger, failures + 1, exception.Message);
                lock (_gate)
                {
                    _trouble = exception;
                }

                if (exception is RedisRefusedException)
                {
                    FailWaiting(long.MaxValue, exception);
                }

                OnUnreachable?.Invoke();
            }
        }
    }

    private void Watch()
    {
        if (Volatile.Read(ref _current) is { } connection)
        {
            if (connection.HasWaited(_options.CommandTimeout))
            {
                connection.Abort(new RedisConnectionException($"Redis at {connection.Server.Endpoint} did not answer within {_options.CommandTimeout}."));
            }
            else if (connection.Unanswered == 0 && connection.HasBeenSilent(_options.KeepAlive))
            {
                connection.TrySend(new RedisCall("PING"));
            }
        }

        FailWaiting(Environment.TickCount64 - (long)_options.CommandTimeout.TotalMilliseconds, null);
    }

    private void FailWaiting(long before, Exception? cause)
    {
        while (Volatile.Read(ref _waitingCount) > 0)
        {
            RespCommand? late;
            lock (_gate)
            {
                if (!_waiting.TryPeek(out late) || late.SentAt > before)
                {
                    return;
                }

                _waiting.Dequeue();
                _waitingBytes -= late.Bytes.Length;
                Volatile.Write(ref _waitingCount, _waiting.Count);
                cause ??= new RedisConnectionException($"There was no connection to Redis for {_options.CommandTimeout}{Trouble()}");
            }

            late.OnLost(cause, sent: false);
        }
    }

    // Why a command may not wait, or null. Under the gate.
    private Exception? Refusal(RespCommand command) =>
        _trouble is RedisRefusedException ? _trouble
        : _waiting.Count > 0 && _waitingBytes + command.Bytes.Length > _options.MaxInFlightBytes
            ? new RedisConnectionException($"More than {_options.MaxInFlightBytes >> 20} MiB of commands wait for Redis ({nameof(RedisEngineOptions.MaxInFlightBytes)}){Trouble()}")
        : _waiting.Count >= _options.MaxInFlight ? new RedisConnectionException($"More than {_options.MaxInFlight} commands wait for Redis{Trouble()}")
        : null;

    private string Trouble() => _trouble is null ? "." : $". The last trouble: {_trouble.Message}";
}
