using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests;

/// <summary>Steps that the tests of the engine are told in, and the log that they read.</summary>
public abstract class RedisTest : IAsyncDisposable
{
    private readonly List<RedisEngine> _engines = [];

    protected static TimeSpan Patience => TimeSpan.FromSeconds(40);

    protected static Lane Lane { get; } = new("orders", "invoices");

    protected RecordedLog Log { get; } = new();

    public async ValueTask DisposeAsync()
    {
        foreach (RedisEngine engine in _engines)
        {
            await engine.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected async Task<RedisEngine> StartAsync(string connection, Func<RedisEngineOptions, RedisEngineOptions>? configure = null)
    {
        RedisEngine engine = Create(connection, configure);
        await engine.StartAsync([Lane], CancellationToken.None).AsTask().WaitAsync(Patience);
        return engine;
    }

    protected RedisEngine Create(string connection, Func<RedisEngineOptions, RedisEngineOptions>? configure = null)
    {
        RedisEngineOptions options = RedisEngineOptions.Parse(connection);
        var engine = new RedisEngine(configure?.Invoke(options) ?? options, Log);
        _engines.Add(engine);
        return engine;
    }

    protected static Task<PublishStatus> PublishAsync(RedisEngine engine, TaskId id, string label = "task", bool fresh = false, DateTimeOffset notBefore = default) =>
        engine.PublishAsync(new TaskAddress(Lane, id, notBefore) { IsFresh = fresh }, new Text(label), CancellationToken.None).AsTask().WaitAsync(Patience);

    protected static Task<ILaneConsumer> ConsumeAsync(RedisEngine engine, double lease = 1) =>
        engine.ConsumeAsync(Lane, new LaneConsumerOptions { Lease = TimeSpan.FromSeconds(lease) }, CancellationToken.None).AsTask();

    protected static async Task<Delivery> ReceiveAsync(ILaneConsumer consumer)
    {
        var room = new Delivery[1];
        Assert.Equal(1, await consumer.ReceiveAsync(room, CancellationToken.None).AsTask().WaitAsync(Patience));
        return room[0];
    }

    /// <summary>Waits for something that gives no signal of its own: another process's doing.</summary>
    protected static async Task<bool> UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            if (limit.IsCancellationRequested)
            {
                return false;
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return true;
    }

    /// <summary>Starts a replica and waits until it follows.</summary>
    protected static async Task<RedisServerProcess> FollowAsync(RedisServerProcess primary)
    {
        RedisServerProcess replica = await RedisServerProcess.StartAsync(new RedisServerOptions { ReplicaOf = primary });
        Assert.True(
            await UntilAsync(() => ((string)primary.CommandAsync("INFO", "replication").GetAwaiter().GetResult()!).Contains("state=online", StringComparison.Ordinal)), "The replica did not follow.");
        return replica;
    }

    protected static string LabelOf(Delivery delivery) => Encoding.UTF8.GetString(delivery.Envelope.Span);

    protected static async Task<SettleStatus> SettleAsync(ILaneConsumer consumer, params Settlement[] settlements)
    {
        var statuses = new SettleStatus[settlements.Length];
        await consumer.SettleAsync(settlements, statuses, CancellationToken.None).AsTask().WaitAsync(Patience);
        return statuses[0];
    }

    protected static Settlement Complete(Delivery delivery, TimeSpan? keep = null) => new()
    {
        Delivery = delivery,
        Kind = SettlementKind.Complete,
        State = TaskState.Succeeded,
        Outcome = "done"u8.ToArray(),
        KeepOutcome = keep ?? TimeSpan.FromMinutes(5),
    };

    /// <summary>Runs all that is in the lane until so many different tasks were seen; a settlement without an answer is repeated.</summary>
    protected static async Task<ConcurrentDictionary<string, int>> DrainAsync(ILaneConsumer consumer, Func<int, bool> isEnough)
    {
        var seen = new ConcurrentDictionary<string, int>();
        var room = new Delivery[64];
        while (!isEnough(seen.Count))
        {
            int count = await consumer.ReceiveAsync(room, CancellationToken.None).AsTask().WaitAsync(Patience);
            string[] labels = [.. room.Take(count).Select(LabelOf)];
            Settlement[] settlements = [.. room.Take(count).Select(delivery => Complete(delivery))];
            var statuses = new SettleStatus[count];
            for (bool answered = false; !answered;)
            {
                try
                {
                    await consumer.SettleAsync(settlements, statuses, CancellationToken.None).AsTask().WaitAsync(Patience);
                    answered = true;
                }
                catch (TaskEngineException)
                {
                    // Nothing is known: settling the same deliveries again is safe, and tells.
                }
            }

            for (int index = 0; index < count; index++)
            {
                if (statuses[index] == SettleStatus.Done)
                {
                    seen.AddOrUpdate(labels[index], 1, static (_, times) => times + 1);
                }
            }
        }

        return seen;
    }

    protected readonly struct Text(string text) : IEnvelopeSource
    {
        public void WriteTo(IBufferWriter<byte> destination) => Encoding.UTF8.GetBytes(text, destination);
    }
}

/// <summary>What an engine logged.</summary>
public sealed class RecordedLog : ILogger<RedisEngine>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));
}
