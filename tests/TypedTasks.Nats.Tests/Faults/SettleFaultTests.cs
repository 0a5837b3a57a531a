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
        Assert.InRange(length, 50, 2000);

        for (int at = 1; at <= length; at += 5)
        {
            int position = at;
            await CompleteAsync(engine, observer, consumer, () => direction.CutAfter(position));
            proxy.Heal();
        }

        LaneStatistics left = await observer.Administration.GetStatisticsAsync(TestLane, CancellationToken.None);
        Assert.Equal((0, 0), (left.Ready, left.InFlight));
    }

    [Fact]
    public async Task Completions_that_are_settled_together_are_confirmed_by_one_answer()
    {
        const int Count = 64;
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        await using NatsEngine engine = NewEngine(proxy.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions { Lease = TimeSpan.FromSeconds(30) }, CancellationToken.None);
        Delivery[] held = await ReceiveAsync(consumer, Enumerable.Range(0, Count).Select(_ => TaskId.New()), id => PublishAsync(engine, id));
        long before = proxy.ToClient.BytesForwarded;

        var statuses = new SettleStatus[Count];
        await consumer.SettleAsync(held.Select(static delivery => Complete(delivery, keeps: false)).ToArray(), statuses, CancellationToken.None);

        Assert.All(statuses, static status => Assert.Equal(SettleStatus.Done, status));
        Assert.InRange(proxy.ToClient.BytesForwarded - before, 1, 10 * Count);
        LaneStatistics left = await engine.Administration.GetStatisticsAsync(TestLane, CancellationToken.None);
        Assert.Equal((0, 0), (left.Ready, left.InFlight));
    }

    [Fact]
    public async Task Completions_that_could_not_be_sent_before_their_leases_ended_are_not_sent_any_more()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        await using NatsEngine other = NewEngine(server.Port);
        await other.StartAsync([TestLane], CancellationToken.None);
        await using NatsEngine engine = NewEngine(proxy.Port, options => options.MaxReconnectDelay = TimeSpan.FromMilliseconds(50));
        await engine.StartAsync([TestLane], CancellationToken.None);
        var lease = new LaneConsumerOptions { Lease = TimeSpan.FromSeconds(1) };
        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, lease, CancellationToken.None);
        TaskId[] ids = [TaskId.New(), TaskId.New(), TaskId.New()];
        Delivery[] held = await ReceiveAsync(consumer, ids, id => PublishAsync(other, id));
        proxy.RefuseConnections = true;
        proxy.CutConnections();

        var statuses = new SettleStatus[held.Length];
        await consumer.SettleAsync(held.Select(static delivery => Complete(delivery, keeps: false)).ToArray(), statuses, CancellationToken.None).AsTask().WaitAsync(Patience);

        Assert.All(statuses, static status => Assert.Equal(SettleStatus.LeaseLost, status));
        proxy.RefuseConnections = false;
        await using ILaneConsumer next = await other.ConsumeAsync(TestLane, lease, CancellationToken.None);
        Assert.Equal(ids.Order(), (await ReceiveAsync(next, ids, static _ => default)).Select(static delivery => ((NatsDelivery)delivery).TaskId).Order());
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

    // Publishes past the proxy, receives through it, breaks it, and settles until it is told that it is done: one task whose outcome is kept, and two that leave none.
    private static async Task CompleteAsync(NatsEngine engine, NatsEngine observer, ILaneConsumer consumer, Action breaks)
    {
        TaskId[] ids = [TaskId.New(), TaskId.New(), TaskId.New()];
        Delivery[] held = await ReceiveAsync(consumer, ids, id => PublishAsync(observer, id));
        breaks();
        Settlement[] settlements = [Complete(held[0], keeps: false), Complete(held[1], keeps: true), Complete(held[2], keeps: false)];
        var statuses = new SettleStatus[3];
        for (bool isAnswered = false; !isAnswered;)
        {
            try
            {
                await consumer.SettleAsync(settlements, statuses, CancellationToken.None).AsTask().WaitAsync(Patience);
                isAnswered = true;
            }
            catch (TaskEngineException)
            {
                // Settling again is safe.
            }
        }

        Assert.All(statuses, static status => Assert.Equal(SettleStatus.Done, status));
        TaskStatusReport report = await observer.Outcomes.GetAsync(((NatsDelivery)held[1]).TaskId, CancellationToken.None);
        Assert.Equal((TaskState.Succeeded, "ok"), (report.State, System.Text.Encoding.ASCII.GetString(report.Outcome.Span)));
        await UntilAsync(() => engine.WorkConnection.IsConnected && engine.PublishConnection.IsConnected, Patience);
    }

    // Publishes tasks, and takes them, in whatever order they come.
    private static async Task<Delivery[]> ReceiveAsync(ILaneConsumer consumer, IEnumerable<TaskId> ids, Func<TaskId, ValueTask<PublishStatus>> publish)
    {
        int count = 0;
        foreach (TaskId id in ids)
        {
            await publish(id);
            count++;
        }

        return await EngineHarness.ReceiveAsync(consumer, count, CancellationToken.None).WaitAsync(Patience);
    }
}
