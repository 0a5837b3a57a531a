using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>An envelope of given bytes.</summary>
internal readonly struct Raw(ReadOnlyMemory<byte> bytes) : IEnvelopeSource
{
    public void WriteTo(IBufferWriter<byte> destination) => destination.Write(bytes.Span);
}

/// <summary>What the fault tests have in common: an engine on a port, publishing with an account of what was accepted, a worker that notes what it ran.</summary>
internal static class EngineHarness
{
    public static readonly Lane TestLane = new("faults", "test");

    public static NatsEngine NewEngine(int port, Action<NatsEngineOptions>? configure = null, string scheme = "nats", TimeProvider? time = null)
    {
        var options = new NatsEngineOptions { PingInterval = TimeSpan.FromMilliseconds(300), MaxReconnectDelay = TimeSpan.FromMilliseconds(300), RequestTimeout = TimeSpan.FromSeconds(15) };
        options.Servers.Add($"{scheme}://127.0.0.1:{port}");
        configure?.Invoke(options);
        return new NatsEngine(options, time ?? TimeProvider.System, NullLogger.Instance);
    }

    public static ValueTask<PublishStatus> PublishAsync(ITaskEngine engine, TaskId id, bool isFresh = true) =>
        engine.PublishAsync(new TaskAddress(TestLane, id, default) { IsFresh = isFresh }, new Raw("payload"u8.ToArray()), CancellationToken.None);

    /// <summary>The settlement of a task that succeeded.</summary>
    public static Settlement Complete(Delivery delivery, bool keeps) => new()
    {
        Delivery = delivery,
        Kind = SettlementKind.Complete,
        State = TaskState.Succeeded,
        KeepOutcome = keeps ? TimeSpan.FromMinutes(5) : default,
        Outcome = "ok"u8.ToArray(),
    };

    /// <summary>Takes so many tasks, in whatever order they come.</summary>
    public static async Task<Delivery[]> ReceiveAsync(ILaneConsumer consumer, int count, CancellationToken cancellationToken)
    {
        var held = new Delivery[count];
        for (int taken = 0; taken < count;)
        {
            taken += await consumer.ReceiveAsync(held.AsMemory(taken), cancellationToken);
        }

        return held;
    }

    /// <summary>Looks again until something that happens elsewhere has happened; returns whether it did in time.</summary>
    public static async Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > limit)
            {
                return false;
            }

            await timer.WaitForNextTickAsync();
        }

        return true;
    }

    /// <summary>Completes everything until <paramref name="runs"/> holds as many different tasks as are wanted, or the time is over.</summary>
    public static async Task WorkAsync(ITaskEngine engine, ConcurrentDictionary<TaskId, int> runs, Func<bool> isDone, TimeSpan keep, CancellationToken cancellationToken)
    {
        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions { Lease = TimeSpan.FromSeconds(2) }, cancellationToken);
        Delivery[] room = new Delivery[64];
        var settlements = new Settlement[64];
        var statuses = new SettleStatus[64];
        while (!isDone())
        {
            int taken = await consumer.ReceiveAsync(room, cancellationToken);
            for (int i = 0; i < taken; i++)
            {
                runs.AddOrUpdate(((NatsDelivery)room[i]).TaskId, 1, (_, count) => count + 1);
                settlements[i] = new Settlement { Delivery = room[i], Kind = SettlementKind.Complete, State = TaskState.Succeeded, KeepOutcome = keep, Outcome = "ok"u8.ToArray() };
            }

            while (true)
            {
                try
                {
                    await consumer.SettleAsync(settlements.AsMemory(0, taken), statuses.AsMemory(0, taken), cancellationToken);
                    break;
                }
                catch (TaskEngineException)
                {
                    // Settling the same deliveries again is safe.
                }
            }
        }
    }
}
