using System.Collections.Concurrent;
using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>What brokers and networks do to us: nothing that was accepted is lost, and nothing is silent.</summary>
public sealed class BrokerFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broker_that_is_killed_or_restarted_under_load_loses_nothing_that_was_accepted(bool kill)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, options => options.PublishTimeout = TimeSpan.FromSeconds(10));
        await engine.StartAsync([TestLane], CancellationToken.None);
        var accepted = new ConcurrentDictionary<TaskId, bool>();
        var runs = new ConcurrentDictionary<TaskId, int>();
        using var limit = new CancellationTokenSource(Patience);
        bool isPublished = false;
        Task working = WorkAsync(engine, runs, () => Volatile.Read(ref isPublished) && accepted.Keys.All(runs.ContainsKey), TimeSpan.FromMinutes(5), limit.Token);

        Task publishing = Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 250; i++)
            {
                TaskId id = TaskId.New();
                try
                {
                    await PublishAsync(engine, id);
                    accepted[id] = true;
                }
                catch (TaskUnconfirmedException)
                {
                    // Not accepted, as far as anyone knows: it may run, and need not.
                }
            }
        })));
        for (int fault = 0; fault < 3; fault++)
        {
            int before = accepted.Count;
            await UntilAsync(() => accepted.Count > before + 200 || publishing.IsCompleted, TimeSpan.FromSeconds(20));
            await (kill ? server.CrashAsync() : server.RestartAsync());
        }

        await publishing.WaitAsync(limit.Token);
        Volatile.Write(ref isPublished, true);

        // One more, for a worker that waits to see that it is done.
        await PublishAsync(engine, TaskId.New());
        await working;

        Assert.True(accepted.Keys.All(runs.ContainsKey));
        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted.Count} accepted, {runs.Count(run => run.Value > 1)} run more than once");
    }

    [Fact]
    public async Task A_connection_cut_at_any_byte_of_a_publish_ends_in_accepted_once()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        await using NatsEngine engine = NewEngine(proxy.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await PublishAsync(engine, TaskId.New());
        long before = proxy.ToServer.BytesForwarded;
        await PublishAsync(engine, TaskId.New());
        int frame = (int)(proxy.ToServer.BytesForwarded - before);
        Assert.InRange(frame, 100, 400);

        int published = 2;
        for (int at = 0; at <= frame; at += 3)
        {
            (at % 2 == 0 ? proxy.ToServer : proxy.ToClient).CutAfter(at % 2 == 0 ? at : at % 60);
            Assert.Equal(PublishStatus.Accepted, await PublishAsync(engine, TaskId.New()).AsTask().WaitAsync(Patience));
            published++;
        }

        proxy.Heal();
        await using NatsEngine observer = NewEngine(server.Port);
        await observer.StartAsync([TestLane], CancellationToken.None);
        Assert.Equal(published, (await observer.Administration.GetStatisticsAsync(TestLane, CancellationToken.None)).Ready);
    }

    [Fact]
    public async Task A_half_open_connection_is_noticed_and_replaced()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        await using NatsEngine engine = NewEngine(proxy.Port, options => options.PublishTimeout = TimeSpan.FromSeconds(10));
        await engine.StartAsync([TestLane], CancellationToken.None);
        int connections = proxy.TotalConnections;
        proxy.GoSilent();
        Task<PublishStatus> publishing = PublishAsync(engine, TaskId.New()).AsTask();

        Assert.True(await UntilAsync(() => proxy.TotalConnections >= connections + 2, TimeSpan.FromSeconds(10)), "the half-open connections were not replaced");
        proxy.Heal();

        Assert.Equal(PublishStatus.Accepted, await publishing.WaitAsync(Patience));
    }

    [Fact]
    public async Task One_byte_at_a_time_is_slow_and_harmless()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        proxy.ToServer.SegmentSize = 1;
        proxy.ToClient.SegmentSize = 1;
        await using NatsEngine engine = NewEngine(proxy.Port, options => options.PingInterval = TimeSpan.FromSeconds(10));
        await engine.StartAsync([TestLane], CancellationToken.None);
        await PublishAsync(engine, TaskId.New());
        var runs = new ConcurrentDictionary<TaskId, int>();

        await WorkAsync(engine, runs, () => !runs.IsEmpty, TimeSpan.Zero, new CancellationTokenSource(Patience).Token);

        Assert.Single(runs);
    }

    [Fact]
    public async Task Garbage_from_the_server_ends_the_connection_and_not_the_engine()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        await using NatsEngine engine = NewEngine(proxy.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        int connections = proxy.TotalConnections;
        proxy.ToClient.InjectAfter(0, "HTTP/1.1 400 Bad Request\r\n\r\n"u8);

        Assert.Equal(PublishStatus.Accepted, await PublishAsync(engine, TaskId.New()).AsTask().WaitAsync(Patience));
        Assert.True(await UntilAsync(() => proxy.TotalConnections > connections, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Without_a_server_publishing_ends_typed_and_says_that_nothing_was_sent()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, options => options.PublishTimeout = TimeSpan.FromSeconds(1));
        await engine.StartAsync([TestLane], CancellationToken.None);
        await server.KillAsync();
        await UntilAsync(() => !engine.PublishConnection.IsConnected, TimeSpan.FromSeconds(10));

        TaskRejectedException error = await Assert.ThrowsAsync<TaskRejectedException>(() => PublishAsync(engine, TaskId.New()).AsTask().WaitAsync(Patience));

        Assert.Equal(TaskRejection.Refused, error.Reason);
        Assert.Contains("NatsEngineOptions.PublishTimeout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_that_were_settled_and_that_a_killed_server_still_waits_for_do_not_hold_up_the_lane()
    {
        const int Ghosts = 60;
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, Ghosts).Select(_ => PublishAsync(engine, TaskId.New()).AsTask()));
        ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions { Lease = TimeSpan.FromSeconds(30) }, CancellationToken.None);
        Delivery[] room = new Delivery[Ghosts];
        for (int taken = 0; taken < Ghosts;)
        {
            taken += await consumer.ReceiveAsync(room.AsMemory(taken), CancellationToken.None).AsTask().WaitAsync(Patience);
        }

        // What the server knows of the consumer is put back to before the tasks were settled: a kill does the same, when it comes between writing the one and the other.
        string memory = Path.Combine(server.Directory, "store", "jetstream", "$G", "streams", "tt_q_faults", "obs", "test", "o.dat");
        await server.StopAsync();
        byte[] before = await File.ReadAllBytesAsync(memory);
        await server.StartAgainAsync();
        Settlement[] settlements = [.. room.Select(one => new Settlement { Delivery = one, Kind = SettlementKind.Complete, State = TaskState.Succeeded, KeepOutcome = TimeSpan.Zero })];
        await consumer.SettleAsync(settlements, new SettleStatus[Ghosts], CancellationToken.None).AsTask().WaitAsync(Patience);
        await server.StopAsync();
        await File.WriteAllBytesAsync(memory, before);
        await server.StartAgainAsync();

        for (int i = 0; i < 20; i++)
        {
            await PublishAsync(engine, TaskId.New()).AsTask().WaitAsync(Patience);
            Assert.Equal(1, await consumer.ReceiveAsync(room.AsMemory(0, 1), CancellationToken.None).AsTask().WaitAsync(Patience));
        }

        await consumer.DisposeAsync();
    }

    [Fact]
    public async Task A_lane_that_is_deleted_under_a_worker_is_made_again()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions(), CancellationToken.None);
        Delivery[] room = new Delivery[1];
        Task<int> receiving = consumer.ReceiveAsync(room, CancellationToken.None).AsTask();
        await engine.WorkApi.RequestAsync("CONSUMER.DELETE.tt_q_faults.test", null, CancellationToken.None);

        await PublishAsync(engine, TaskId.New());

        Assert.Equal(1, await receiving.WaitAsync(Patience));
    }
}
