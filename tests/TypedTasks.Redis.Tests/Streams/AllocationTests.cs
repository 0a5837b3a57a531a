using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Streams;

/// <summary>Alone, because what is counted is the whole process's.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneDefinition;

/// <summary>The steady state allocates nothing that a task costs.</summary>
[Collection("alone")]
public sealed class AllocationTests : RedisTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Publishing_receiving_and_settling_allocate_next_to_nothing(int replicas)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.No });
        await using RedisServerProcess replica = await RedisServerProcess.StartAsync(new RedisServerOptions { ReplicaOf = server });
        RedisEngine engine = await StartAsync(server.Endpoint, options => options with { WaitReplicas = replicas });
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);
        var room = new Delivery[64];
        var settlements = new Settlement[64];
        var statuses = new SettleStatus[64];
        var publishes = new ValueTask<PublishStatus>[64];
        await RoundsAsync(60);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        const int Rounds = 200;
        await RoundsAsync(Rounds);
        double each = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Rounds * 64);

        // What is left are timers, sweeps and the test's own waiting; nothing that a task costs fits in here.
        Assert.True(each < 16, $"{each:F1} bytes a task.");

        async Task RoundsAsync(int rounds)
        {
            for (int round = 0; round < rounds; round++)
            {
                for (int index = 0; index < 64; index++)
                {
#pragma warning disable CA2012 // Each is awaited once, right below; that is what keeps many under way without a task each.
                    publishes[index] = engine.PublishAsync(new TaskAddress(Lane, TaskId.New(), default) { IsFresh = true }, default(Fixed), default);
#pragma warning restore CA2012
                }

                for (int index = 0; index < 64; index++)
                {
                    await publishes[index];
                }

                for (int settled = 0; settled < 64;)
                {
                    int count = await consumer.ReceiveAsync(room, default);
                    for (int index = 0; index < count; index++)
                    {
                        settlements[index] = new Settlement { Delivery = room[index], Kind = SettlementKind.Complete, State = TaskState.Succeeded };
                    }

                    await consumer.SettleAsync(settlements.AsMemory(0, count), statuses, default);
                    settled += count;
                }
            }
        }
    }

    private readonly struct Fixed : IEnvelopeSource
    {
        public void WriteTo(System.Buffers.IBufferWriter<byte> destination)
        {
            destination.GetSpan(64)[..64].Fill((byte)'x');
            destination.Advance(64);
        }
    }
}
