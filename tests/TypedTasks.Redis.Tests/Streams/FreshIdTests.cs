using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Streams;

/// <summary>A fresh id is written down nowhere but in its entry, and still known.</summary>
public sealed class FreshIdTests : RedisTest
{
    [Fact]
    public async Task A_fresh_task_costs_one_plain_command_once_there_is_known_to_be_room()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        await PublishAsync(engine, TaskId.New(), fresh: true);
        await server.CommandAsync("CONFIG", "RESETSTAT");
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PublishAsync(engine, TaskId.New(), fresh: true)));
        string scripts = await server.InfoAsync("cmdstat_evalsha") ?? await CommandStatistic(server, "evalsha");
        Assert.True(CallsOf(scripts) <= 5, $"The scripts ran: {scripts}");
        Assert.Equal(101, (await engine.Administration.GetStatisticsAsync(Lane, CancellationToken.None)).Ready);
    }

    [Fact]
    public async Task A_fresh_task_is_recognised_and_its_state_is_known_everywhere()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        RedisEngine other = await StartAsync(server.Endpoint);
        await PublishAsync(engine, TaskId.New(), fresh: true);
        TaskId id = TaskId.New();
        Assert.Equal(PublishStatus.Accepted, await PublishAsync(engine, id, "a", fresh: true));
        Assert.Equal(PublishStatus.Duplicate, await PublishAsync(engine, id, "a"));

        Assert.Equal(TaskState.Queued, (await engine.Outcomes.GetAsync(id, CancellationToken.None)).State);
        Assert.Equal(TaskState.Queued, (await other.Outcomes.GetAsync(id, CancellationToken.None)).State);
        await using ILaneConsumer consumer = await ConsumeAsync(other, lease: 30);
        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer)));
        Delivery delivery = await ReceiveAsync(consumer);
        Assert.Equal(TaskState.Running, (await other.Outcomes.GetAsync(id, CancellationToken.None)).State);
        Task<TaskStatusReport> waiting = other.Outcomes.WaitAsync(id, CancellationToken.None).AsTask();
        await SettleAsync(consumer, Complete(delivery));
        Assert.Equal(TaskState.Succeeded, (await waiting.WaitAsync(Patience)).State);
        Assert.Equal(PublishStatus.Duplicate, await PublishAsync(other, id, "a"));
    }

    [Fact]
    public async Task A_process_that_never_heard_of_a_lane_knows_its_tasks_for_all_who_ask_at_once()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine other = Create($"127.0.0.1:{proxy.Port}");
        await other.StartAsync([], CancellationToken.None);
        TaskId[] ids = [TaskId.New(), TaskId.New(), TaskId.New()];
        await Task.WhenAll(ids.Select(id => PublishAsync(engine, id)));

        proxy.ToClient.Stall = true;
        Task<TaskStatusReport>[] asking = [.. ids.Select(id => other.Outcomes.GetAsync(id, CancellationToken.None).AsTask())];
        proxy.ToClient.Stall = false;

        Assert.All(await Task.WhenAll(asking).WaitAsync(Patience), report => Assert.Equal(TaskState.Queued, report.State));
    }

    [Fact]
    public async Task A_task_of_a_lane_that_was_made_a_moment_ago_is_known_and_can_be_waited_for()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        RedisEngine other = await StartAsync(server.Endpoint);
        Assert.Equal(TaskState.Unknown, (await other.Outcomes.GetAsync(TaskId.New(), CancellationToken.None)).State);

        var lane = new Lane("new", "work");
        await engine.StartAsync([lane], CancellationToken.None);
        TaskId id = TaskId.New();
        await engine.PublishAsync(new TaskAddress(lane, id, default), new Text("task"), CancellationToken.None);
        Assert.Equal(TaskState.Queued, (await other.Outcomes.GetAsync(id, CancellationToken.None)).State);

        Task<TaskStatusReport> waiting = other.Outcomes.WaitAsync(id, CancellationToken.None).AsTask();
        await using ILaneConsumer consumer = await engine.ConsumeAsync(lane, new LaneConsumerOptions(), CancellationToken.None);
        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer)));
        Assert.Equal(TaskState.Succeeded, (await waiting.WaitAsync(Patience)).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_fresh_task_that_was_given_up_under_way_and_is_enqueued_again_is_there_once(bool isPlain)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine engine = await StartAsync($"127.0.0.1:{proxy.Port}", options => options with { CommandTimeout = TimeSpan.FromMinutes(1), MaxTasksPerLane = isPlain ? 1_000_000 : 100 });
        await PublishAsync(engine, TaskId.New(), fresh: true);
        proxy.ToClient.Stall = true;
        TaskId id = TaskId.New();
        using var caller = new CancellationTokenSource();
        Task first = engine.PublishAsync(new TaskAddress(Lane, id, default) { IsFresh = true }, new Text("task"), caller.Token).AsTask();
        Assert.True(await UntilLengthAsync(server, 2), "The first did not arrive.");
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Task<PublishStatus> again = PublishAsync(engine, id, "task");
        proxy.ToClient.Stall = false;

        Assert.Equal(PublishStatus.Duplicate, await again);
        Assert.Equal(2, (await engine.Administration.GetStatisticsAsync(Lane, CancellationToken.None)).Ready);
    }

    private static async Task<bool> UntilLengthAsync(RedisServerProcess server, long length)
    {
        using var limit = new CancellationTokenSource(Patience);
        while ((long)(await server.CommandAsync("XLEN", $"tt:{{{Lane.Queue}}}:lane:{Lane.Contract}"))! != length)
        {
            if (limit.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<string> CommandStatistic(RedisServerProcess server, string command)
    {
        string text = (string)(await server.CommandAsync("INFO", "commandstats"))!;
        return text.Split("\r\n").FirstOrDefault(line => line.StartsWith($"cmdstat_{command}:", StringComparison.Ordinal)) ?? "calls=0,";
    }

    private static int CallsOf(string statistic)
    {
        int start = statistic.IndexOf("calls=", StringComparison.Ordinal) + 6;
        return int.Parse(statistic.AsSpan(start, statistic.IndexOf(',', start) - start), System.Globalization.CultureInfo.InvariantCulture);
    }
}
