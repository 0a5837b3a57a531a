using System.Collections.Concurrent;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.Redis.Connection;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Connection;

/// <summary>More than one server: Sentinels that promote, and clusters whose slots move.</summary>
public sealed class TopologyTests : RedisTest
{
    [Fact]
    public async Task The_Sentinels_name_the_primary_and_after_a_failover_the_next_one()
    {
        await using RedisSentinelGroup group = await RedisSentinelGroup.StartAsync();
        string connection = string.Join(',', group.Sentinels.Select(sentinel => sentinel.Endpoint)) + $",serviceName={group.PrimaryName}";
        RedisEngine engine = await StartAsync(connection);
        await using ILaneConsumer consumer = await ConsumeAsync(engine);
        await PublishAsync(engine, TaskId.New(), "before");
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(await ReceiveAsync(consumer))));

        RedisServerProcess former = await group.PrimaryAsync();
        await former.KillAsync();
        await group.WaitForFailoverAsync(former);

        TaskId id = TaskId.New();
        while (true)
        {
            try
            {
                await PublishAsync(engine, id, "after");
                break;
            }
            catch (TaskException exception) when (exception is TaskUnconfirmedException or TaskRejectedException)
            {
                // Nobody to talk to for a while: the same id again.
            }
        }

        Delivery delivery = await ReceiveAsync(consumer);
        Assert.Equal("after", LabelOf(delivery));
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(delivery)));
    }

    [Fact]
    public async Task A_service_that_no_Sentinel_knows_is_named()
    {
        await using RedisSentinelGroup group = await RedisSentinelGroup.StartAsync(replicas: 0, sentinels: 1);
        TaskConfigurationException refused = await Assert.ThrowsAsync<TaskConfigurationException>(() => StartAsync($"{group.Sentinels[0].Endpoint},serviceName=unknown"));
        Assert.Contains("serviceName", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_keeps_each_queue_where_its_slot_is_and_everything_works_from_anywhere()
    {
        await using RedisServerCluster cluster = await RedisServerCluster.StartAsync();
        RedisEngine engine = await StartAsync(cluster.Nodes[0].Endpoint);
        RedisEngine other = await StartAsync(cluster.Nodes[2].Endpoint);
        for (int number = 0; number < 12; number++)
        {
            var lane = new Lane($"queue-{number}", "work");
            await engine.StartAsync([lane], CancellationToken.None);
            TaskId id = TaskId.New();
            await engine.PublishAsync(new TaskAddress(lane, id, default), new Text("task"), CancellationToken.None);
            await using ILaneConsumer consumer = await other.ConsumeAsync(lane, new LaneConsumerOptions(), CancellationToken.None);
            Task<TaskStatusReport> waiting = engine.Outcomes.WaitAsync(id, CancellationToken.None).AsTask();
            Delivery delivery = await ReceiveAsync(consumer);
            Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(delivery)));
            Assert.Equal(TaskState.Succeeded, (await waiting.WaitAsync(Patience)).State);
        }

        Assert.Equal(13, (await other.Administration.ListLanesAsync(CancellationToken.None)).Count);
        for (int number = 0; number < 20; number++)
        {
            Assert.True((await engine.State.CreateAsync($"key {number}", "x"u8.ToArray(), TimeSpan.FromMinutes(1), CancellationToken.None)).Applied);
        }

        int listed = 0;
        await foreach (KeyValuePair<string, StateEntry> _ in other.State.ListAsync("key", CancellationToken.None))
        {
            listed++;
        }

        Assert.Equal(20, listed);
    }

    [Fact]
    public async Task A_slot_that_moves_under_load_takes_its_lane_along_and_nothing_is_lost_or_doubled()
    {
        await using RedisServerCluster cluster = await RedisServerCluster.StartAsync();
        RedisEngine engine = await StartAsync(cluster.Nodes[0].Endpoint);
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);
        int slot = ClusterSlot.Of("{orders}"u8);
        int published = 0;
        using var finished = new CancellationTokenSource();
        using var drained = new CancellationTokenSource();
        Task[] producers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!finished.IsCancellationRequested)
            {
                int number = Interlocked.Increment(ref published);
                await PublishAsync(engine, TaskId.New(), $"task {number}", fresh: number % 2 == 0);
            }
        }))];
        Task<ConcurrentDictionary<string, int>> running = Task.Run(() => DrainAsync(consumer, count => drained.IsCancellationRequested && count >= Volatile.Read(ref published)));
        for (int move = 0; move < 2; move++)
        {
            await MoveSlotAsync(cluster, slot);
            int target = Volatile.Read(ref published) + 50;
            Assert.True(await UntilAsync(() => Volatile.Read(ref published) >= target), "Nothing more was published after the slot had moved.");
        }

        await finished.CancelAsync();
        await Task.WhenAll(producers).WaitAsync(Patience);
        Interlocked.Increment(ref published);
        await drained.CancelAsync();
        await PublishAsync(engine, TaskId.New(), $"task {published}");
        ConcurrentDictionary<string, int> seen = await running.WaitAsync(Patience);
        Assert.Equal(published, seen.Count);
        Assert.All(seen, task => Assert.Equal(1, task.Value));
    }

    [Fact]
    public async Task Queues_of_one_node_are_waited_for_side_by_side_each_in_its_slot()
    {
        await using RedisServerCluster cluster = await RedisServerCluster.StartAsync();
        Lane[] lanes = [.. Enumerable.Range(0, 1000).Select(number => new Lane($"queue-{number}", "work")).Where(lane => ClusterSlot.Of(Encoding.ASCII.GetBytes(lane.Queue)) < ClusterSlot.Count / 3).Take(2)];
        RedisEngine engine = await StartAsync(cluster.Nodes[0].Endpoint);
        await engine.StartAsync(lanes, CancellationToken.None);
        await using ILaneConsumer first = await engine.ConsumeAsync(lanes[0], new LaneConsumerOptions(), CancellationToken.None);
        await using ILaneConsumer second = await engine.ConsumeAsync(lanes[1], new LaneConsumerOptions(), CancellationToken.None);
        Task<Delivery>[] receiving = [ReceiveAsync(first), ReceiveAsync(second)];

        Assert.True(await UntilAsync(() => cluster.Nodes[0].InfoAsync("blocked_clients").GetAwaiter().GetResult() == "2"), "The two lanes are not both waited for.");
        foreach (Lane lane in lanes)
        {
            await engine.PublishAsync(new TaskAddress(lane, TaskId.New(), default), new Text(lane.Queue), CancellationToken.None);
        }

        Assert.Equal(lanes.Select(lane => lane.Queue), (await Task.WhenAll(receiving)).Select(LabelOf));
        Assert.DoesNotContain("CROSSSLOT", (string)(await cluster.Nodes[0].CommandAsync("INFO", "errorstats"))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slots_that_nobody_had_for_a_while_are_found_again_where_they_are_then()
    {
        await using RedisServerCluster cluster = await RedisServerCluster.StartAsync();
        int lost = ClusterSlot.Of("{orders}"u8) * cluster.Nodes.Count / ClusterSlot.Count;
        RedisServerProcess[] left = [.. cluster.Nodes.Where((_, index) => index != lost)];
        RedisEngine engine = await StartAsync(string.Join(',', left.Select(node => node.Endpoint)), options => options with { CommandTimeout = TimeSpan.FromMilliseconds(500) });
        await PublishAsync(engine, TaskId.New(), "before");
        string id = (string)(await cluster.Nodes[lost].CommandAsync("CLUSTER", "MYID"))!;
        await cluster.Nodes[lost].KillAsync();
        await Task.WhenAll(left.Select(node => node.CommandAsync("CLUSTER", "FORGET", id)));

        // Until the map is asked for again, whose slots have no owner now.
        TaskId task = TaskId.New();
        string refusal = "";
        while (!refusal.Contains("CLUSTERDOWN", StringComparison.Ordinal) && !refusal.Contains("is stopped", StringComparison.Ordinal))
        {
            try
            {
                await PublishAsync(engine, task, "after");
            }
            catch (TaskException exception) when (exception is TaskUnconfirmedException or TaskRejectedException)
            {
                refusal = exception.Message;
            }
        }

        await left[1].CommandAsync("CLUSTER", "ADDSLOTSRANGE", $"{ClusterSlot.Count * lost / cluster.Nodes.Count}", $"{(ClusterSlot.Count * (lost + 1) / cluster.Nodes.Count) - 1}");
        using var limit = new CancellationTokenSource(Patience);
        for (PublishStatus? status = null; status is null;)
        {
            limit.Token.ThrowIfCancellationRequested();
            try
            {
                status = await PublishAsync(engine, task, "after");
            }
            catch (TaskException exception) when (exception is TaskUnconfirmedException or TaskRejectedException)
            {
                // Until the nodes agree: the same id again.
            }
        }
    }

    /// <summary>Moves a slot to the next node, key by key, as redis-cli does.</summary>
    private static async Task MoveSlotAsync(RedisServerCluster cluster, int slot)
    {
        RedisServerProcess source = cluster.Nodes[0];
        foreach (RedisServerProcess node in cluster.Nodes)
        {
            source = ((string)(await node.CommandAsync("CLUSTER", "NODES"))!).Split('\n').Any(line => line.Contains("myself", StringComparison.Ordinal) && Owns(line, slot)) ? node : source;
        }

        RedisServerProcess target = cluster.Nodes[(cluster.Nodes.ToList().IndexOf(source) + 1) % cluster.Nodes.Count];
        string sourceId = (string)(await source.CommandAsync("CLUSTER", "MYID"))!;
        string targetId = (string)(await target.CommandAsync("CLUSTER", "MYID"))!;
        await target.CommandAsync("CLUSTER", "SETSLOT", $"{slot}", "IMPORTING", sourceId);
        await source.CommandAsync("CLUSTER", "SETSLOT", $"{slot}", "MIGRATING", targetId);
        while ((object?[])(await source.CommandAsync("CLUSTER", "GETKEYSINSLOT", $"{slot}", "100"))! is { Length: > 0 } keys)
        {
            await source.CommandAsync(["MIGRATE", target.Host, $"{target.Port}", "", "0", "5000", "KEYS", .. keys.Select(key => (string)key!)]);
        }

        await target.CommandAsync("CLUSTER", "SETSLOT", $"{slot}", "NODE", targetId);
        await source.CommandAsync("CLUSTER", "SETSLOT", $"{slot}", "NODE", targetId);
        foreach (RedisServerProcess node in cluster.Nodes.Where(node => node != source && node != target))
        {
            await node.CommandAsync("CLUSTER", "SETSLOT", $"{slot}", "NODE", targetId);
        }
    }

    private static bool Owns(string line, int slot) => line.Split(' ').Skip(8).Any(range =>
    {
        string[] ends = range.Split('-');
        return int.TryParse(ends[0], out int first) && int.TryParse(ends[^1], out int last) && slot >= first && slot <= last;
    });
}
