using System.Runtime.CompilerServices;
using TypedTasks.Engine;

namespace TypedTasks.Embedded.Tests;

/// <summary>The hot path allocates nothing once it is warm.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const int Rounds = 100;
    private const int PerRound = 100;

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    public void Publishing_receiving_and_settling_allocate_nothing(int keepSeconds)
    {
        EmbeddedEngine engine = new(new EmbeddedEngineOptions { MaxOutcomes = 1_000 }, TimeProvider.System);
        Cycle cycle = new(engine, TimeSpan.FromSeconds(keepSeconds));
        for (int i = 0; i < 3 * Rounds; i++)
        {
            cycle.Run(PerRound);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            cycle.Run(PerRound);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Waiting_and_being_woken_on_the_thread_pool_allocates_nothing()
    {
        await using EmbeddedEngine engine = new(new EmbeddedEngineOptions(), TimeProvider.System);
        ILaneConsumer consumer = await engine.ConsumeAsync(TestEngine.TestLane, new LaneConsumerOptions(), CancellationToken.None);
        StrongBox<int> settled = new();
        Task working = WorkAsync(consumer, settled);
        PublishOneByOne(engine, settled, 0, 2_000);

        long before = GC.GetTotalAllocatedBytes(precise: true);
        PublishOneByOne(engine, settled, 2_000, 10_000);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        // The thread pool itself allocates now and then; a task that allocated anything at all would show as 240,000 bytes or more.
        Assert.InRange(allocated, 0, 24_000);
        await engine.DisposeAsync();
        await working;
    }

    private static void PublishOneByOne(EmbeddedEngine engine, StrongBox<int> settled, int done, int count)
    {
        for (int number = done + 1; number <= done + count; number++)
        {
            engine.PublishAsync(
                new TaskAddress(TestEngine.TestLane, TestEngine.Id(number), default), new NumberEnvelope(number), CancellationToken.None).GetAwaiter().GetResult();
            SpinWait spin = default;
            while (Volatile.Read(ref settled.Value) < number)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    private static async Task WorkAsync(ILaneConsumer consumer, StrongBox<int> settled)
    {
        Delivery[] room = new Delivery[16];
        Settlement[] settlements = new Settlement[16];
        SettleStatus[] statuses = new SettleStatus[16];
        int taken;
        while ((taken = await consumer.ReceiveAsync(room, CancellationToken.None)) > 0)
        {
            for (int i = 0; i < taken; i++)
            {
                settlements[i] = new Settlement { Delivery = room[i], Kind = SettlementKind.Complete, State = TaskState.Succeeded };
            }

            await consumer.SettleAsync(settlements.AsMemory(0, taken), statuses, CancellationToken.None);
            Volatile.Write(ref settled.Value, settled.Value + taken);
        }
    }

    /// <summary>Publishes, receives and settles on one thread.</summary>
    private sealed class Cycle(EmbeddedEngine engine, TimeSpan keep)
    {
        private readonly ILaneConsumer _consumer =
            engine.ConsumeAsync(TestEngine.TestLane, new LaneConsumerOptions(), CancellationToken.None).GetAwaiter().GetResult();

        private readonly Delivery[] _room = new Delivery[PerRound];
        private readonly Settlement[] _settlements = new Settlement[PerRound];
        private readonly SettleStatus[] _statuses = new SettleStatus[PerRound];
        private readonly byte[] _outcome = new byte[24];
        private long _number;

        public void Run(int count)
        {
            for (int i = 0; i < count; i++)
            {
                long number = ++_number;
                engine.PublishAsync(
                    new TaskAddress(TestEngine.TestLane, TestEngine.Id(number), default), new NumberEnvelope(number), CancellationToken.None).GetAwaiter().GetResult();
            }

            int taken = _consumer.ReceiveAsync(_room, CancellationToken.None).GetAwaiter().GetResult();
            for (int i = 0; i < taken; i++)
            {
                _settlements[i] = new Settlement
                {
                    Delivery = _room[i],
                    Kind = SettlementKind.Complete,
                    Id = TestEngine.Id(TestEngine.NumberOf(_room[i])),
                    State = TaskState.Succeeded,
                    Outcome = _outcome,
                    KeepOutcome = keep,
                };
            }

            _consumer.SettleAsync(_settlements.AsMemory(0, taken), _statuses, CancellationToken.None).GetAwaiter().GetResult();
        }
    }
}

/// <summary>Measures, so it does not share the process with other tests while it runs.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
