using System.Text;
using TypedTasks.Engine;
using TypedTasks.Nats.Authentication;
using TypedTasks.Nats.JetStream;
using TypedTasks.Nats.Protocol;
using TypedTasks.Nats.Tests.Faults;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>Tasks whose id was made for their publishing share a subject, and are known by their ids all the same.</summary>
public sealed class FreshTasksTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static LaneNames Names(NatsEngine engine) => engine.Names.Of(TestLane);

    [Theory]
    [InlineData(ServerVersion.Floor)]
    [InlineData(ServerVersion.Newest)]
    public async Task They_share_one_subject_and_ids_of_the_callers_have_one_each(ServerVersion version)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = version });
        await using NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        TaskId chosen = TaskId.New();
        await PublishAsync(engine, TaskId.New());
        await PublishAsync(engine, TaskId.New());
        await PublishAsync(engine, chosen, isFresh: false);

        var subjects = new Dictionary<string, long>();
        await foreach ((string subject, long count) in engine.SubjectCountsAsync(Names(engine).Stream, ">", CancellationToken.None))
        {
            subjects.Add(subject, count);
        }

        Assert.Equal(new Dictionary<string, long> { ["tt.q.faults.test.fresh"] = 2, [$"tt.q.faults.test.{chosen:N}"] = 1 }, subjects);
    }

    [Theory]
    [InlineData(ServerVersion.Floor)]
    [InlineData(ServerVersion.Newest)]
    public async Task Their_states_are_known_everywhere(ServerVersion version)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = version });
        await using NatsEngine engine = NewEngine(server.Port);
        await using NatsEngine other = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await other.StartAsync([], CancellationToken.None);
        TaskId id = TaskId.New();
        Assert.Equal(PublishStatus.Accepted, await PublishAsync(engine, id));
        Assert.Equal(TaskState.Queued, await StateAsync(engine, id));
        Assert.Equal(TaskState.Queued, await StateAsync(other, id));
        Assert.Equal(TaskState.Unknown, await StateAsync(other, TaskId.New()));

        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions { Lease = Patience }, CancellationToken.None);
        Delivery delivery = (await ReceiveAsync(consumer, 1, CancellationToken.None))[0];
        Assert.Equal(TaskState.Running, await StateAsync(other, id));
        Task<TaskStatusReport> waiting = other.Outcomes.WaitAsync(id, CancellationToken.None).AsTask();
        await consumer.SettleAsync(new[] { Complete(delivery, keeps: true) }, new SettleStatus[1], CancellationToken.None);
        Assert.Equal(TaskState.Succeeded, (await waiting.WaitAsync(Patience)).State);
        Assert.Equal(PublishStatus.Duplicate, await PublishAsync(other, id, isFresh: false));
    }

    [Theory]
    [InlineData(ServerVersion.Floor)]
    [InlineData(ServerVersion.Newest)]
    public async Task Another_process_finds_each_of_many_by_the_time_in_its_id_and_none_that_is_gone(ServerVersion version)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = version });
        await using NatsEngine engine = NewEngine(server.Port);
        await using NatsEngine other = NewEngine(server.Port);
        var neighbour = new Lane(TestLane.Queue, "neighbour");
        await engine.StartAsync([TestLane, neighbour], CancellationToken.None);
        await other.StartAsync([TestLane, neighbour], CancellationToken.None);
        TaskId[] ids = [.. Enumerable.Range(0, 400).Select(_ => TaskId.New())];
        for (int i = 0; i < ids.Length; i++)
        {
            await engine.PublishAsync(new TaskAddress(i % 3 == 0 ? neighbour : TestLane, ids[i], default) { IsFresh = true }, new Raw("payload"u8.ToArray()), CancellationToken.None);
        }

        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions { Lease = Patience, Prefetch = 0 }, CancellationToken.None);
        Delivery[] taken = await ReceiveAsync(consumer, 100, CancellationToken.None);

        // Before they are settled: afterwards their objects are other tasks'.
        HashSet<TaskId> gone = [.. taken.Select(delivery => ((NatsDelivery)delivery).TaskId)];
        await consumer.SettleAsync(taken.Select(delivery => Complete(delivery, keeps: false)).ToArray(), new SettleStatus[taken.Length], CancellationToken.None);

        TaskState[] states = await Task.WhenAll(ids.Select(id => StateAsync(other, id)));

        Assert.Equal(ids.Select(gone.Contains), states.Select(state => state == TaskState.Unknown));
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task The_clock_of_whoever_made_an_id_may_be_wrong_by_half_a_minute(int seconds)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port);
        await using NatsEngine other = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await other.StartAsync([TestLane], CancellationToken.None);
        for (int i = 0; i < 100; i++)
        {
            await PublishAsync(engine, TaskId.New());
        }

        TaskId id = TaskId.New(DateTimeOffset.UtcNow.AddSeconds(seconds));
        await PublishAsync(engine, id);

        Assert.Equal(TaskState.Queued, await StateAsync(other, id));
    }

    [Fact]
    public async Task A_search_that_takes_too_long_takes_the_task_for_waiting()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port);
        await using NatsEngine other = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await other.StartAsync([TestLane], CancellationToken.None);
        for (int i = 0; i < 200; i++)
        {
            await PublishAsync(engine, TaskId.New());
        }

        Assert.Equal(ulong.MaxValue, await other.Fresh.FindAsync(Names(other), TaskId.New(), 64, CancellationToken.None));
        Assert.Null(await other.Fresh.FindAsync(Names(other), TaskId.New(), int.MaxValue, CancellationToken.None));
    }

    [Theory]
    [InlineData(ServerVersion.Floor, true)]
    [InlineData(ServerVersion.Floor, false)]
    [InlineData(ServerVersion.Newest, true)]
    [InlineData(ServerVersion.Newest, false)]
    public async Task A_task_that_waits_is_recognised_when_the_server_has_forgotten_its_id(ServerVersion version, bool isFresh)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = version });
        await using NatsEngine engine = NewEngine(server.Port, options =>
        {
            options.PublishTimeout = TimeSpan.FromSeconds(1);
            options.DuplicateWindow = TimeSpan.FromSeconds(2);
        });
        await engine.StartAsync([TestLane], CancellationToken.None);
        TaskId id = TaskId.New();
        TaskId unconfirmed = TaskId.New();
        await PublishAsync(engine, id, isFresh);
        await PublishAsync(engine, unconfirmed, isFresh);
        if (isFresh)
        {
            engine.Fresh.OnUnconfirmed(unconfirmed);
        }

        await UntilForgottenAsync(engine);

        Assert.Equal(PublishStatus.Duplicate, await PublishAsync(engine, id, isFresh: false));
        Assert.Equal(PublishStatus.Duplicate, await PublishAsync(engine, unconfirmed, isFresh: false));
        Assert.Equal(PublishStatus.Duplicate, await engine.PublishAsync(new TaskAddress(TestLane, id, DateTimeOffset.UtcNow.AddHours(1)), new Raw("payload"u8.ToArray()), CancellationToken.None));
        Assert.Equal(2, (await engine.Administration.GetStatisticsAsync(TestLane, CancellationToken.None)).Ready);
    }

    [Fact]
    public async Task A_task_that_was_accepted_unheard_is_recognised_when_the_server_has_forgotten_its_id()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, options =>
        {
            options.PublishTimeout = TimeSpan.FromSeconds(1);
            options.DuplicateWindow = TimeSpan.FromSeconds(2);
            options.PingInterval = TimeSpan.FromMinutes(1);
        });
        await engine.StartAsync([TestLane], CancellationToken.None);
        TaskId id = TaskId.New();
        await server.PauseAsync();
        TaskUnconfirmedException unheard = await Assert.ThrowsAsync<TaskUnconfirmedException>(() => PublishAsync(engine, id).AsTask());
        await server.ResumeAsync();
        Assert.Equal(id, unheard.Id);
        await UntilStoredAsync(engine);
        await UntilForgottenAsync(engine);

        Assert.Equal(PublishStatus.Duplicate, await PublishAsync(engine, id, isFresh: false));
        Assert.Equal(1, (await engine.Administration.GetStatisticsAsync(TestLane, CancellationToken.None)).Ready);
    }

    [Fact]
    public async Task A_task_that_is_enqueued_again_and_cannot_be_looked_for_is_refused()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions
        {
            Configuration = "authorization { users: [ { user: joe, password: p, permissions: { publish: { deny: \"$JS.API.DIRECT.GET.tt_q_faults\" } } } ] }",
        });
        await using NatsEngine engine = NewEngine(server.Port, options => options.Authentication = NatsAuthentication.UserPassword("joe", "p"));
        await engine.StartAsync([TestLane], CancellationToken.None);
        TaskId id = TaskId.New();
        await PublishAsync(engine, id);

        TaskRejectedException refused = await Assert.ThrowsAsync<TaskRejectedException>(() => PublishAsync(engine, id, isFresh: false).AsTask());

        Assert.Equal(TaskRejection.Refused, refused.Reason);
        Assert.Contains("was not sent", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tt.q.a.b.0123456789abcdef0123456789abcdef", "", true)]
    [InlineData("tt.q.a.b.0123456789abcdef0123456789abcdef", "Nats-Msg-Id: 0123456789abcdef0123456789abcdef.2\r\n", true)]
    [InlineData("tt.q.a.b.fresh", "Nats-Msg-Id: 0123456789abcdef0123456789abcdef\r\nTT-Due: 5\r\n", true)]
    [InlineData("tt.q.a.b.fresh", "TT-Due: 5\r\nNats-Msg-Id: 0123456789abcdef0123456789abcdef\r\n", true)]
    [InlineData("tt.q.a.b.fresh", "Nats-Msg-Id: 0123456789abcdef0123456789abcdef.2\r\n", false)]
    [InlineData("tt.q.a.b.fresh", "Nats-Msg-Id: 0123456789abcdef0123456789abcdeg\r\n", false)]
    [InlineData("tt.q.a.b.fresh", "Nats-Msg-Id: \r\n", false)]
    [InlineData("tt.q.a.b.fresh", "", false)]
    [InlineData("tt.q.a.b.0123456789abcdef0123456789abcdeg", "", false)]
    [InlineData("0123456789abcdef0123456789abcdef", "", false)]
    [InlineData("", "", false)]
    public void A_message_names_its_task_in_its_subject_or_as_its_message_id(string subject, string headers, bool isTask)
    {
        bool wasRead = TaskHeaders.TryReadTask(Encoding.ASCII.GetBytes(subject), Encoding.ASCII.GetBytes($"NATS/1.0\r\n{headers}\r\n"), out TaskId id);

        Assert.Equal(isTask, wasRead);
        Assert.Equal(isTask ? TaskId.Parse("0123456789abcdef0123456789abcdef", null) : default, id);
    }

    private static async Task<TaskState> StateAsync(NatsEngine engine, TaskId id) => (await engine.Outcomes.GetAsync(id, CancellationToken.None)).State;

    private static async Task UntilStoredAsync(NatsEngine engine)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await engine.WorkApi.GetNextAsync(Names(engine).Stream, Names(engine).Fresh, 1, limit.Token) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }

    // What was published after all others is forgotten after them. It is in no lane.
    private static async Task UntilForgottenAsync(NatsEngine engine)
    {
        using var limit = new CancellationTokenSource(Patience);
        TaskId last = TaskId.New();
        Assert.False(await IsKnownAsync(engine, last, limit.Token));
        while (await IsKnownAsync(engine, last, limit.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    private static async Task<bool> IsKnownAsync(NatsEngine engine, TaskId id, CancellationToken cancellationToken)
    {
        var call = new RequestCall();
        engine.WorkApi.Begin(call, $"{engine.Names.Queues}{TestLane.Queue}.none.none");
        call.Frame.BeginHeaders(engine.WorkConnection.ReplyLength);
        TaskHeaders.AppendMessageId(call.Frame, id);
        call.Frame.BeginPayload();
        call.Frame.End();
        PubAck ack = await engine.WorkApi.PublishAsync(call, "Asking for an id", cancellationToken);
        Assert.Equal(0, ack.ErrorCode);
        return ack.IsDuplicate;
    }
}
