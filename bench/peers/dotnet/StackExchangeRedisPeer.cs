using StackExchange.Redis;

namespace TypedTasks.Peers;

/// <summary>
/// StackExchange.Redis alone, a client and no task queue: bytes in a stream, without ids, retries or outcomes. Its guide (stackexchange.github.io/StackExchange.Redis, "Streams") reads by
/// StreamReadGroup, many at a time, and acknowledges; here with one XACK and one XDEL for all that were read. It cannot wait for entries, so that an empty stream is asked again at once.
/// A multiplexer a side, as ours has two connections.
/// </summary>
internal sealed class StackExchangeRedisPeer(int port) : Peer
{
    private const string Name = "client", Group = "workers", Field = "task";
    private const int Most = 1_000;
    private readonly CancellationTokenSource _stop = new();
    private IConnectionMultiplexer? _publishing, _consuming;
    private IDatabase? _stream;
    private Task _working = Task.CompletedTask;

    public override int Callers => 256;

    public override async Task StartProducerAsync()
    {
        _publishing = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}");
        _stream = _publishing.GetDatabase();
        await _stream.StreamCreateConsumerGroupAsync(Name, Group, StreamPosition.Beginning);
    }

    public override async Task StartWorkerAsync()
    {
        _consuming = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}");
        IDatabase stream = _consuming.GetDatabase();
        _working = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
            {
                StreamEntry[] entries = await stream.StreamReadGroupAsync(Name, Group, "worker", StreamPosition.NewMessages, Most);
                foreach (StreamEntry entry in entries)
                {
                    Ledger.Ran(Digits.Read((byte[])entry[Field]!));
                }

                if (entries.Length > 0)
                {
                    RedisValue[] ids = Array.ConvertAll(entries, static entry => entry.Id);
                    await Task.WhenAll(stream.StreamAcknowledgeAsync(Name, Group, ids), stream.StreamDeleteAsync(Name, ids));
                }
            }
        });
    }

    public override Task EnqueueAsync(Numbers task) => _stream!.StreamAddAsync(Name, Field, Digits.Write(task));

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working;
        if (_publishing is not null)
        {
            await _publishing.DisposeAsync();
        }

        if (_consuming is not null)
        {
            await _consuming.DisposeAsync();
        }

        _stop.Dispose();
    }
}
