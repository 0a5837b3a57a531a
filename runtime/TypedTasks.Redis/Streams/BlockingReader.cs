using System.Globalization;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>
/// The one connection on which a process waits at a node for tasks of all its empty lanes, in a cluster for those of one slot. A lane joins when a read without waiting found nothing.
/// </summary>
/// <remarks>
/// Each <c>XADD</c> walks all clients that are blocked on its key, so there is one reader and not one a handler. It blocks for seconds at most, and
/// has a deadline of its own beyond that, because a half-open connection would let it wait for ever. Who joins while it blocks wakes it by
/// <c>CLIENT UNBLOCK</c> on the shared connection.
/// </remarks>
internal sealed class BlockingReader : IAsyncDisposable
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(2);

    private readonly RedisEngine _engine;
    private readonly RedisNode _node;
    private readonly Lock _gate = new();
    private readonly List<LaneConsumer> _wanting = [];
    private readonly List<LaneConsumer> _asked = [];
    private readonly AsyncSignal _joined = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Timer _watch;
    private RespConnection? _connection;
    private long _round;
    private bool _blocked;

    internal BlockingReader(RedisEngine engine, RedisNode node)
    {
        _engine = engine;
        _node = node;
        _watch = new Timer(static reader => ((BlockingReader)reader!).Watch(), this, TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(250));
        _ = RunAsync();
    }

    /// <summary>Where it waits.</summary>
    internal RedisNode Node => _node;

    /// <summary>A consumer wants to be given what comes. It is served once, then it has to come again.</summary>
    internal void Join(LaneConsumer consumer)
    {
        lock (_gate)
        {
            if (!_wanting.Contains(consumer))
            {
                _wanting.Add(consumer);
            }
        }

        _joined.Set();
        Interrupt(consumer, joins: true);
    }

    /// <summary>A consumer does not wait any more. What comes for it all the same is released.</summary>
    internal void Leave(LaneConsumer consumer)
    {
        lock (_gate)
        {
            if (!_wanting.Remove(consumer))
            {
                return;
            }
        }

        Interrupt(consumer, joins: false);
    }

    /// <summary>A consumer was given something, on the thread that reads.</summary>
    internal void Served(LaneConsumer consumer)
    {
        lock (_gate)
        {
            _wanting.Remove(consumer);
        }
    }

    public ValueTask DisposeAsync()
    {
        End("The Redis engine is stopped.");
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends it because its lanes are elsewhere now: whoever waits here looks by itself.</summary>
    internal void Retire()
    {
        End("The lanes are at another node.");
        Release();
    }

    private void End(string why)
    {
        _stopping.Cancel();
        _joined.Set();
        _watch.Dispose();
        Volatile.Read(ref _connection)?.Abort(new RedisConnectionException(why));
    }

    private async Task RunAsync()
    {
        int failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            if (!HasWork())
            {
                await _joined.WaitAsync(CancellationToken.None).ConfigureAwait(false);
                continue;
            }

            try
            {
                if (_connection is not { IsOpen: true })
                {
                    await Task.Delay(Backoff.Next(failures, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2), Random.Shared), _stopping.Token).ConfigureAwait(false);
                    RespConnection connection = await _node.Source.ConnectAsync(ConnectionPurpose.Reading, new ConnectionListener(null, static (_, _) => { }), _stopping.Token).ConfigureAwait(false);
                    ServerIdentity.End(_connection?.Server, connection);
                    connection.Start();
                    Volatile.Write(ref _connection, connection);
                }

                ReadAnswer answer = await ReadAsync(_connection!).ConfigureAwait(false);
                failures = 0;
                if (answer.Error is { } error)
                {
                    Refused(error);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
            }
            catch (Exception exception) when (exception is RedisConnectionException or RedisRefusedException)
            {
                failures++;
                if (!_stopping.IsCancellationRequested)
                {
                    RedisLog.ReadFailed(_engine.Logger, "(all)", exception.Message);

                    // The lanes may have moved: each consumer asks by itself and joins where its lane is now.
                    Release();
                }
            }
        }

        // It may have been made just as the engine ended.
        _connection?.Abort(new RedisConnectionException("The Redis engine is stopped."));
    }

    private bool HasWork()
    {
        lock (_gate)
        {
            return _wanting.Count > 0;
        }
    }

    private ValueTask<ReadAnswer> ReadAsync(RespConnection connection)
    {
        int count = int.MaxValue;
        ReadCall call = _engine.ReadCalls.Rent();
        lock (_gate)
        {
            _asked.Clear();
            foreach (LaneConsumer consumer in _wanting)
            {
                // Consumers of one lane, or of other leases, take turns: one name and one stream of each lane in a command.
                if (_asked.Count == 0 || (consumer.NameBytes.AsSpan().SequenceEqual(_asked[0].NameBytes) && !_asked.Exists(other => other.State == consumer.State)))
                {
                    _asked.Add(consumer);
                    count = Math.Min(count, consumer.Credit);
                }
            }

            if (_asked.Count == 0)
            {
                _engine.ReadCalls.Return(call);
                return new ValueTask<ReadAnswer>(default(ReadAnswer));
            }

            // With others left out, nobody may keep the line for long.
            TimeSpan block = _asked.Count < _wanting.Count ? TimeSpan.FromMilliseconds(50) : Block;
            _blocked = true;
            count = Math.Min(count, Math.Max(1, _engine.MaxEntriesPerRead / _asked.Count));
            return FinishAsync(call.ReadBlockingAsync(connection, _asked, count, block));
        }
    }

    private async ValueTask<ReadAnswer> FinishAsync(ValueTask<ReadAnswer> reading)
    {
        try
        {
            return await reading.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _blocked = false;
                _round++;

                // Those who were served have left by themselves; the first goes to the end, so that others get their turn.
                if (_asked.Count > 0 && _wanting.Remove(_asked[0]))
                {
                    _wanting.Add(_asked[0]);
                }
            }
        }
    }

    /// <summary>The server refused the read: each consumer finds out for its own lane what is wrong, and mends it.</summary>
    private void Refused(RespError error)
    {
        if (error.Kind is RespErrorKind.Unblocked && _stopping.IsCancellationRequested)
        {
            return;
        }

        if (error.Kind is RespErrorKind.ReadOnly or RespErrorKind.MasterDown or RespErrorKind.Loading)
        {
            _connection?.Abort(new RedisConnectionException(error.Message));
        }

        Release();
    }

    private void Release()
    {
        LaneConsumer[] released;
        lock (_gate)
        {
            released = [.. _wanting];
            _wanting.Clear();
        }

        foreach (LaneConsumer consumer in released)
        {
            consumer.LookAgain();
        }
    }

    /// <summary>Ends the blocking read that runs, if it runs without one who joined, or with one who left.</summary>
    private void Interrupt(LaneConsumer consumer, bool joins)
    {
        long round;
        lock (_gate)
        {
            if (!_blocked || _asked.Contains(consumer) == joins)
            {
                return;
            }

            round = _round;
        }

        if (Volatile.Read(ref _connection) is { } connection)
        {
            _ = UnblockAsync(connection.Server.ClientId, round);
        }
    }

    private async Task UnblockAsync(long client, long round)
    {
        try
        {
            // The read may still be on its way: then the server says 0, and it is tried again until that read has ended.
            for (int tries = 0; tries < 200; tries++)
            {
                lock (_gate)
                {
                    if (!_blocked || _round != round)
                    {
                        return;
                    }
                }

                var call = new RedisCall("CLIENT", "UNBLOCK", client.ToString(CultureInfo.InvariantCulture));
                _node.Send(call);
                RespValue answer = await call.Reply.ConfigureAwait(false);
                if (answer.IsError || answer.Integer == 1)
                {
                    return;
                }

                await Task.Delay(1).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is RedisConnectionException or RedisRefusedException or RespException or ObjectDisposedException or IOException)
        {
            // The read ends by itself, in seconds.
        }
    }

    private void Watch()
    {
        if (Volatile.Read(ref _connection) is { IsOpen: true } connection && connection.HasWaited(Block + _engine.Options.CommandTimeout))
        {
            connection.Abort(new RedisConnectionException("A blocking read did not end in its time: the connection is half-open."));
        }
    }
}
