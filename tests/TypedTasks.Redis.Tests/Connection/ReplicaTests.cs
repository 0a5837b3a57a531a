using System.Collections.Concurrent;
using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Connection;

/// <summary>Waiting for replicas: what was accepted survives the loss of the primary, and a missing replica is told, not hidden.</summary>
public sealed class ReplicaTests : RedisTest
{
    [Fact]
    public async Task What_was_accepted_is_on_the_replica_when_the_primary_dies()
    {
        await using RedisServerProcess primary = await RedisServerProcess.StartAsync();
        await using RedisServerProcess replica = await FollowAsync(primary);
        RedisEngine engine = await StartAsync(primary.Endpoint, WaitForOne);
        var accepted = new ConcurrentDictionary<string, bool>();
        using var finished = new CancellationTokenSource();
        Task[] producers = [.. Enumerable.Range(0, 8).Select(producer => Task.Run(async () =>
        {
            for (int number = 0; !finished.IsCancellationRequested; number++)
            {
                try
                {
                    // Every second one by the script, which is the way of ids that a caller chose.
                    await PublishAsync(engine, TaskId.New(), $"{producer}/{number}", fresh: number % 2 == 0);
                    accepted[$"{producer}/{number}"] = true;
                }
                catch (TaskException exception) when (exception is TaskUnconfirmedException or TaskRejectedException)
                {
                    return;
                }
            }
        }))];
        Assert.True(await UntilAsync(() => accepted.Count >= 1000), "Too little was accepted.");
        await primary.KillAsync();
        await finished.CancelAsync();
        await Task.WhenAll(producers).WaitAsync(Patience);

        await replica.CommandAsync("REPLICAOF", "NO", "ONE");
        RedisEngine follower = await StartAsync(replica.Endpoint);
        await PublishAsync(follower, TaskId.New(), "last");
        await using ILaneConsumer consumer = await ConsumeAsync(follower, lease: 30);
        ConcurrentDictionary<string, int> seen = [];
        while (!seen.ContainsKey("last"))
        {
            Delivery delivery = await ReceiveAsync(consumer);
            seen[LabelOf(delivery)] = 1;
            await SettleAsync(consumer, Complete(delivery));
        }

        Assert.Empty(accepted.Keys.Except(seen.Keys));
    }

    [Fact]
    public async Task A_replica_that_stands_still_holds_up_publishing_and_nothing_else()
    {
        await using RedisServerProcess primary = await RedisServerProcess.StartAsync();
        await using RedisServerProcess replica = await FollowAsync(primary);
        RedisEngine engine = await StartAsync(primary.Endpoint, WaitForOne);
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);
        await PublishAsync(engine, TaskId.New(), "before", fresh: true);

        await replica.PauseAsync();
        TaskId id = TaskId.New();
        Task<PublishStatus> publishing = PublishAsync(engine, id, "meanwhile", fresh: true);
        Delivery before = await ReceiveAsync(consumer);
        Delivery meanwhile = await ReceiveAsync(consumer);
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(before)));
        Assert.Equal(TaskState.Running, (await engine.Outcomes.GetAsync(id, CancellationToken.None)).State);
        Assert.False(publishing.IsCompleted, "A replica that stands still has confirmed a task.");

        await replica.ResumeAsync();
        Assert.Equal(PublishStatus.Accepted, await publishing);
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(meanwhile)));
    }

    [Fact]
    public async Task A_task_that_runs_before_a_replica_has_it_is_accepted_once_one_has()
    {
        await using RedisServerProcess primary = await RedisServerProcess.StartAsync();
        await using RedisServerProcess replica = await FollowAsync(primary);
        RedisEngine engine = await StartAsync(primary.Endpoint, WaitForOne);
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);
        await replica.PauseAsync();
        Task<PublishStatus> publishing = PublishAsync(engine, TaskId.New(), "quick", fresh: true);
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(await ReceiveAsync(consumer), keep: TimeSpan.Zero)));
        await replica.ResumeAsync();
        Assert.Equal(PublishStatus.Accepted, await publishing);

        // Had it been sent again, it would come before this one.
        await PublishAsync(engine, TaskId.New(), "after");
        Assert.Equal("after", LabelOf(await ReceiveAsync(consumer)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_the_replica_a_task_is_unconfirmed_and_its_id_says_later_that_it_is_there(bool fresh)
    {
        await using RedisServerProcess primary = await RedisServerProcess.StartAsync();
        await using RedisServerProcess replica = await FollowAsync(primary);
        RedisEngine engine = await StartAsync(primary.Endpoint, options => WaitForOne(options) with { PublishTimeout = TimeSpan.FromMilliseconds(200) });
        await replica.PauseAsync();
        TaskId id = TaskId.New();
        TaskUnconfirmedException unconfirmed = await Assert.ThrowsAsync<TaskUnconfirmedException>(() => PublishAsync(engine, id, fresh: fresh));
        Assert.Equal(id, unconfirmed.Id);
        Assert.Contains(nameof(RedisEngineOptions.WaitReplicas), unconfirmed.Message, StringComparison.Ordinal);
        Assert.Contains("Only 0 replicas", unconfirmed.Message, StringComparison.Ordinal);

        await replica.ResumeAsync();
        Assert.Equal(PublishStatus.Duplicate, await PublishAsync(engine, id));
        Assert.Equal(1, (await engine.Administration.GetStatisticsAsync(Lane, CancellationToken.None)).Ready);
    }

    [Fact]
    public async Task What_only_the_dead_primary_had_is_sent_to_the_next_one()
    {
        await using RedisServerProcess primary = await RedisServerProcess.StartAsync();
        await using RedisServerProcess replica = await FollowAsync(primary);
        RedisEngine engine = await StartAsync($"{primary.Endpoint},{replica.Endpoint}", options => WaitForOne(options) with { PublishTimeout = Patience });
        await replica.PauseAsync();
        Task<PublishStatus> publishing = PublishAsync(engine, TaskId.New(), "wandering", fresh: true);
        Assert.True(await UntilAsync(() => Length(primary) == 1), "The primary did not get the task.");
        await primary.KillAsync();
        await replica.ResumeAsync();
        await replica.CommandAsync("REPLICAOF", "NO", "ONE");
        await using RedisServerProcess next = await RedisServerProcess.StartAsync(new RedisServerOptions { ReplicaOf = replica });
        Assert.Equal(PublishStatus.Accepted, await publishing);
        Assert.Equal(1, Length(replica));
    }

    [Fact]
    public async Task Fewer_replicas_than_wanted_are_told_at_start()
    {
        await using RedisServerProcess primary = await RedisServerProcess.StartAsync();
        await StartAsync(primary.Endpoint, WaitForOne);
        Assert.Contains(Log.Lines, line => line.Contains($"{nameof(RedisEngineOptions.WaitReplicas)} is 1", StringComparison.Ordinal));
    }

    private static RedisEngineOptions WaitForOne(RedisEngineOptions options) =>
        options with { WaitReplicas = 1, WaitTimeout = TimeSpan.FromMilliseconds(100), ConnectTimeout = TimeSpan.FromSeconds(1) };

    private static long Length(RedisServerProcess server) =>
        (long)server.CommandAsync("XLEN", $"tt:{{{Lane.Queue}}}:lane:{Lane.Contract}").GetAwaiter().GetResult()!;
}
