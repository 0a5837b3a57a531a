using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>A settlement whose connection breaks anywhere: done, or told, and done by the next try; and what a killed server makes of settlements.</summary>
public sealed class SettleFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_cut_at_any_byte_of_a_settlement_ends_in_completed_once(bool toServer)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        await using NatsEngine observer = NewEngine(server.Port);
        await observer.StartAsync([TestLane], CancellationToken.None);
        await using NatsEngine engine = NewEngine(proxy.Port, options => options.MaxReconnectDelay = TimeSpan.FromMilliseconds(50));
        await engine.StartAsync([TestLane], CancellationToken.None);
        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions { Lease = TimeSpan.FromSeconds(30) }, CancellationToken.None);
        FaultDirection direction = toServer ? proxy.ToServer : proxy.ToClient;
        long before = direction.BytesForwarded;
        await CompleteAsync(engine, observer, consumer, () => before = direction.BytesForwarded);
        int length = (int)(direction.BytesForwarded - before);
        Assert.InRange(length, 50, 1000);

        for (int at = 1; at <= length; at += 4)
        {
            int position = at;
            await CompleteAsync(engine, observer, consumer, () => direction.CutAfter(position));
            proxy.Heal();
        }

        LaneStatistics left = await observer.Administration.GetStatisticsAsync(TestLane, CancellationToken.None);
        Assert.Equal((0, 0), (left.Ready, left.InFlight));
    }

    [Fact]
    public async Task What_a_killed_server_brings_back_of_settled_tasks_does_not_fill_the_queue_for_ever()
    {
        const int Room = 300;
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, options =>
        {
            options.MaxTasksPerQueue = Room;
            options.PublishTimeout = TimeSpan.FromSeconds(10);
        });
        await engine.StartAsync([TestLane], CancellationToken.None);
        var runs = new System.Collections.Concurrent.ConcurrentDictionary<TaskId, int>();
        using var limit = new CancellationTokenSource(Patience);
        await FillAsync();
        await WorkAsync(engine, runs, () => runs.Count == Room, TimeSpan.Zero, limit.Token);

        // Right after the acknowledgements: some are forgotten, and some of those tasks are neither delivered nor gone.
        await server.CrashAsync();
        Task working = WorkAsync(engine, runs, () => runs.Count == (2 * Room) + 1, TimeSpan.Zero, limit.Token);
        await FillAsync();
        await PublishPatientlyAsync();
        await working;

        Assert.Equal((2 * Room) + 1, runs.Count);

        async Task FillAsync() => await Task.WhenAll(Enumerable.Range(0, Room).Select(_ => PublishPatientlyAsync()));

        async Task PublishPatientlyAsync()
        {
            TaskId id = TaskId.New();
            while (true)
            {
                try
                {
                    await PublishAsync(engine, id, isFresh: false).AsTask().WaitAsync(limit.Token);
                    return;
                }
                catch (TaskException error) when (error is TaskRejectedException or TaskUnconfirmedException && !limit.IsCancellationRequested)
                {
                    // Full, or no server: the same id again.
                }
            }
        }
    }

    // Publishes past the proxy, receives through it, breaks it, and settles until it is told that it is done.
    private static async Task CompleteAsync(NatsEngine engine, NatsEngine observer, ILaneConsumer consumer, Action breaks)
    {
        TaskId id = TaskId.New();
        await PublishAsync(observer, id);
        Delivery[] room = new Delivery[1];
        Assert.Equal(1, await consumer.ReceiveAsync(room, CancellationToken.None).AsTask().WaitAsync(Patience));
        Assert.Equal(id, ((NatsDelivery)room[0]).TaskId);
        breaks();
        var settlement = new Settlement { Delivery = room[0], Kind = SettlementKind.Complete, State = TaskState.Succeeded, KeepOutcome = TimeSpan.FromMinutes(5), Outcome = "ok"u8.ToArray() };
        var statuses = new SettleStatus[1];
        for (bool isAnswered = false; !isAnswered;)
        {
            try
            {
                await consumer.SettleAsync(new[] { settlement }, statuses, CancellationToken.None).AsTask().WaitAsync(Patience);
                isAnswered = true;
            }
            catch (TaskEngineException)
            {
                // Settling again is safe.
            }
        }

        Assert.Equal(SettleStatus.Done, statuses[0]);
        TaskStatusReport report = await observer.Outcomes.GetAsync(id, CancellationToken.None);
        Assert.Equal((TaskState.Succeeded, "ok"), (report.State, System.Text.Encoding.ASCII.GetString(report.Outcome.Span)));
        await UntilAsync(() => engine.WorkConnection.IsConnected && engine.PublishConnection.IsConnected, Patience);
    }
}
