using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.Nats.Tests.Faults;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>Publishing, receiving and settling allocate nothing once they are warm.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const int Callers = 32;
    private const int Batch = 64;
    private const int Measured = 1000;

    [Theory]
    [InlineData(0, true)]
    [InlineData(600, true)]
    [InlineData(0, false)]
    public async Task The_steady_state_allocates_nothing(int keepSeconds, bool areFresh)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, options => options.Storage = NatsStorage.Memory);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions { Prefetch = Batch }, CancellationToken.None);
        var worker = new Worker(consumer, TimeSpan.FromSeconds(keepSeconds));
        await PublishAsync(engine, areFresh, 100);
        await Task.Run(() => worker.RunAsync(Callers * 100));

        long before = GC.GetTotalAllocatedBytes(precise: true);
        await PublishAsync(engine, areFresh, Measured);
        long published = GC.GetTotalAllocatedBytes(precise: true) - before;
        before = GC.GetTotalAllocatedBytes(precise: true);
        await Task.Run(() => worker.RunAsync(Callers * Measured));
        long settled = GC.GetTotalAllocatedBytes(precise: true) - before;

        // Callers' tasks, timers and the thread pool allocate a little; one object for each task would be 24 bytes and more.
        Assert.InRange(published / ((double)Callers * Measured), 0, 12);
        Assert.InRange(settled / ((double)Callers * Measured), 0, 12);
    }

    private static Task PublishAsync(NatsEngine engine, bool areFresh, int each) => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
    {
        for (int i = 0; i < each; i++)
        {
            await engine.PublishAsync(new TaskAddress(TestLane, TaskId.New(), default) { IsFresh = areFresh }, new Raw(Payload), CancellationToken.None);
        }
    })));

    private static readonly byte[] Payload = new byte[64];

    private sealed class Worker(ILaneConsumer consumer, TimeSpan keep)
    {
        private readonly Delivery[] _room = new Delivery[Batch];
        private readonly Settlement[] _settlements = new Settlement[Batch];
        private readonly SettleStatus[] _statuses = new SettleStatus[Batch];

        public async Task RunAsync(int count)
        {
            for (int done = 0; done < count;)
            {
                int taken = await consumer.ReceiveAsync(_room.AsMemory(0, Math.Min(Batch, count - done)), CancellationToken.None);
                for (int i = 0; i < taken; i++)
                {
                    _settlements[i] = new Settlement { Delivery = _room[i], Kind = SettlementKind.Complete, State = TaskState.Succeeded, KeepOutcome = keep, Outcome = Payload };
                }

                await consumer.SettleAsync(_settlements.AsMemory(0, taken), _statuses.AsMemory(0, taken), CancellationToken.None);
                done += taken;
            }
        }
    }
}

/// <summary>Tests that measure the whole process run while no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
