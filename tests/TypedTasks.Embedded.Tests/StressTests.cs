using System.Diagnostics;
using TypedTasks.Engine;

namespace TypedTasks.Embedded.Tests;

/// <summary>Many threads at once, for a moment: nothing is lost and nothing is done twice.</summary>
[Collection(nameof(Alone))]
public sealed class StressTests
{
    private const int Publishers = 4;
    private const int Consumers = 4;
    private const int PerPublisher = 40_000;
    private const int Total = Publishers * PerPublisher;

    [Fact]
    public async Task Every_task_is_completed_exactly_once_whatever_its_workers_do()
    {
        // A small lane, so that publishers wait; a lease so short that now and then one ends in a worker's hands.
        await using EmbeddedEngine engine = new(
            new EmbeddedEngineOptions { MaxTasksPerLane = 1_000, MaxOutcomes = 500, PublishTimeout = Timeout.InfiniteTimeSpan },
            TimeProvider.System);
        int[] completions = new int[Total];
        int left = Total;
        TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<ILaneConsumer> consumers = [];
        for (int i = 0; i < Consumers; i++)
        {
            consumers.Add(await engine.ConsumeAsync(
                TestEngine.TestLane, new LaneConsumerOptions { Lease = TimeSpan.FromMilliseconds(i == 0 ? 5 : 5_000) }, CancellationToken.None));
        }

        Task working = Task.WhenAll(consumers.Select((consumer, index) => Task.Run(() => WorkAsync(consumer, new Random(index)))));
        Task publishing = Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => Task.Run(() => PublishAsync(publisher))));
        await publishing.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await finished.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        foreach (ILaneConsumer consumer in consumers)
        {
            await consumer.StopAsync(CancellationToken.None);
        }

        await working;
        Assert.All(completions, count => Assert.Equal(1, count));
        LaneStatistics statistics = await engine.Administration.GetStatisticsAsync(TestEngine.TestLane, CancellationToken.None);
        Assert.Equal(0, statistics.Ready + statistics.Delayed + statistics.InFlight + statistics.DeadLetters);

        async Task PublishAsync(int publisher)
        {
            for (long number = (long)publisher * PerPublisher; number < (publisher + 1L) * PerPublisher; number++)
            {
                TaskAddress address = new(TestEngine.TestLane, TestEngine.Id(number), default);
                Assert.Equal(PublishStatus.Accepted, await engine.PublishAsync(address, new NumberEnvelope(number), CancellationToken.None));
            }
        }

        async Task WorkAsync(ILaneConsumer consumer, Random random)
        {
            Delivery[] room = new Delivery[32];
            SettleStatus[] statuses = new SettleStatus[32];
            int taken;
            while ((taken = await consumer.ReceiveAsync(room.AsMemory(0, random.Next(1, 33)), CancellationToken.None)) > 0)
            {
                if (random.Next(50) == 0)
                {
                    LingerFor(TimeSpan.FromMilliseconds(6));
                }

                Settlement[] settlements = [.. room.Take(taken).Select(delivery => Decide(delivery, random))];
                long[] numbers = [.. room.Take(taken).Select(TestEngine.NumberOf)];
                await consumer.SettleAsync(settlements, statuses, CancellationToken.None);
                for (int i = 0; i < taken; i++)
                {
                    if (settlements[i].Kind == SettlementKind.Complete && statuses[i] == SettleStatus.Done)
                    {
                        Interlocked.Increment(ref completions[numbers[i]]);
                        if (Interlocked.Decrement(ref left) == 0)
                        {
                            finished.SetResult();
                        }
                    }
                }
            }
        }
    }

    private static Settlement Decide(Delivery delivery, Random random) => random.Next(10) switch
    {
        0 => new Settlement { Delivery = delivery, Kind = SettlementKind.Retry, Id = TestEngine.Id(TestEngine.NumberOf(delivery)) },
        1 => new Settlement { Delivery = delivery, Kind = SettlementKind.Release, Id = TestEngine.Id(TestEngine.NumberOf(delivery)) },
        2 => new Settlement
        {
            Delivery = delivery,
            Kind = SettlementKind.Retry,
            Id = TestEngine.Id(TestEngine.NumberOf(delivery)),
            Delay = TimeSpan.FromMilliseconds(random.Next(20)),
        },
        _ => TestEngine.Complete(delivery, TimeSpan.FromMilliseconds(random.Next(3) * 50)),
    };

    // A busy worker, not a waiting test: the point is that its lease ends meanwhile.
    private static void LingerFor(TimeSpan span)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < span)
        {
            Thread.SpinWait(50);
        }
    }
}
