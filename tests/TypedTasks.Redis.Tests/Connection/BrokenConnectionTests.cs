using System.Collections.Concurrent;
using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Connection;

/// <summary>What networks and killed servers do: what was accepted runs, what is unknown is found out, and nothing hangs.</summary>
public sealed class BrokenConnectionTests : RedisTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_publish_that_is_cut_at_any_byte_is_accepted_once_or_fails_typed(bool toServer)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine engine = await StartAsync($"127.0.0.1:{proxy.Port}");
        int published = 0;
        await PublishAsync(engine, TaskId.New(), $"task {published++}", fresh: true);

        // A plain publish is about 120 bytes and its answer about 20; the connection that replaces it has to shake hands in peace.
        for (int position = 1; position <= (toServer ? 130 : 26); position += toServer ? 3 : 1)
        {
            (toServer ? proxy.ToServer : proxy.ToClient).CutAfter(position);
            PublishStatus status = await PublishAsync(engine, TaskId.New(), $"task {published++}", fresh: position % 2 == 0);
            Assert.True(status is PublishStatus.Accepted or PublishStatus.Duplicate);
            proxy.Heal();
        }

        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);
        ConcurrentDictionary<string, int> seen = await DrainAsync(consumer, count => count >= published);
        Assert.Equal(published, seen.Count);
        Assert.All(seen, task => Assert.Equal(1, task.Value));
    }

    [Fact]
    public async Task A_settlement_that_is_cut_at_any_byte_is_done_or_fails_typed_and_can_be_repeated()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine engine = await StartAsync($"127.0.0.1:{proxy.Port}");
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);
        int repeated = 0;
        for (int position = 1; position <= 700; position += 7)
        {
            TaskId id = TaskId.New();
            await PublishAsync(engine, id, "task");
            Delivery delivery = await ReceiveAsync(consumer);
            (position % 2 == 0 ? proxy.ToServer : proxy.ToClient).CutAfter(position % 2 == 0 ? position : (position % 40) + 1);
            for (bool done = false; !done;)
            {
                try
                {
                    Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(delivery)));
                    done = true;
                }
                catch (TaskEngineException)
                {
                    repeated++;
                }
            }

            proxy.Heal();
            Assert.Equal(TaskState.Succeeded, (await engine.Outcomes.GetAsync(id, CancellationToken.None).AsTask().WaitAsync(Patience)).State);
        }

        Assert.True(repeated > 0, "No settlement was cut: the test proves nothing.");
    }

    [Fact]
    public async Task A_half_open_connection_is_noticed_and_replaced()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine engine = await StartAsync(
            $"127.0.0.1:{proxy.Port}", options => options with { CommandTimeout = TimeSpan.FromMilliseconds(500), KeepAlive = TimeSpan.FromMilliseconds(500), ConnectTimeout = TimeSpan.FromSeconds(1) });
        await using ILaneConsumer consumer = await ConsumeAsync(engine);
        Task<Delivery> receiving = ReceiveAsync(consumer);
        int before = proxy.TotalConnections;
        proxy.GoSilent();
        Assert.True(await UntilAsync(() => proxy.TotalConnections > before), "Nobody tried to connect again.");
        proxy.Heal();
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
                // The same id again, as the exceptions say.
            }
        }

        Assert.Equal("after", LabelOf(await receiving));
    }

    [Theory]
    [InlineData("garbage\r\n")]
    [InlineData("*99999999\r\n")]
    [InlineData("$-7\r\n")]
    [InlineData(":1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n")]
    public async Task A_server_that_talks_nonsense_is_left_and_called_again(string nonsense)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine engine = await StartAsync($"127.0.0.1:{proxy.Port}");
        await PublishAsync(engine, TaskId.New(), "before", fresh: true);
        proxy.ToClient.InjectAfter(0, System.Text.Encoding.ASCII.GetBytes(nonsense));
        TaskId id = TaskId.New();
        await PublishAsync(engine, id, "after", fresh: true);
        proxy.Heal();
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);
        ConcurrentDictionary<string, int> seen = await DrainAsync(consumer, count => count >= 2);
        Assert.All(seen, task => Assert.Equal(1, task.Value));
    }

    [Fact]
    public async Task Slow_torn_answers_are_answers()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine engine = await StartAsync($"127.0.0.1:{proxy.Port}");
        proxy.ToClient.SegmentSize = 1;
        proxy.ToServer.SegmentSize = 7;
        await using ILaneConsumer consumer = await ConsumeAsync(engine);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => PublishAsync(engine, TaskId.New(), $"task {number}")));
        Assert.Equal(20, (await DrainAsync(consumer, count => count >= 20)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_is_killed_again_and_again_loses_nothing_that_was_accepted(bool fresh)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.Always });
        RedisEngine engine = await StartAsync(server.Endpoint);
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 2);
        var accepted = new ConcurrentDictionary<string, bool>();
        using var finished = new CancellationTokenSource();
        using var drained = new CancellationTokenSource();
        Task[] producers = [.. Enumerable.Range(0, 8).Select(producer => Task.Run(() => ProduceAsync(producer)))];
        var running = Task.Run(() => DrainAsync(consumer, count => drained.IsCancellationRequested && count >= accepted.Count));
        for (int kill = 0; kill < 3; kill++)
        {
            int target = accepted.Count + 200;
            Assert.True(await UntilAsync(() => accepted.Count >= target), $"Nothing more was accepted after kill {kill}: {string.Join(Environment.NewLine, Log.Lines.TakeLast(5))}");
            await server.CrashAsync();
        }

        int last = accepted.Count + 200;
        Assert.True(await UntilAsync(() => accepted.Count >= last));
        await finished.CancelAsync();
        await Task.WhenAll(producers);
        accepted.TryAdd("last", true);
        await drained.CancelAsync();
        await PublishAsync(engine, TaskId.New(), "last");
        ConcurrentDictionary<string, int> seen = await running.WaitAsync(Patience);
        Assert.Empty(accepted.Keys.Except(seen.Keys));
        Assert.All(seen, task => Assert.Equal(1, task.Value));

        async Task ProduceAsync(int producer)
        {
            for (int number = 0; !finished.IsCancellationRequested; number++)
            {
                TaskId id = TaskId.New();
                string label = $"{producer}/{number}";
                for (bool isFresh = fresh; ; isFresh = false)
                {
                    try
                    {
                        await PublishAsync(engine, id, label, isFresh);
                        accepted.TryAdd(label, true);
                        break;
                    }
                    catch (TaskException exception) when (exception is TaskUnconfirmedException or TaskRejectedException)
                    {
                        // The same id again: accepted once, however often it is tried.
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Who_waits_for_an_outcome_outlasts_a_killed_server()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.Always });
        RedisEngine engine = await StartAsync(server.Endpoint);
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 2);
        TaskId id = TaskId.New();
        await PublishAsync(engine, id);
        Task<TaskStatusReport> waiting = engine.Outcomes.WaitAsync(id, CancellationToken.None).AsTask();
        await server.CrashAsync();
        await DrainAsync(consumer, count => count >= 1);
        Assert.Equal(TaskState.Succeeded, (await waiting.WaitAsync(Patience)).State);
    }

    [Fact]
    public async Task With_no_server_a_publish_ends_in_time_and_says_that_nothing_was_sent()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(server.Endpoint, options => options with { CommandTimeout = TimeSpan.FromMilliseconds(400) });
        await server.KillAsync();
        TaskId id = TaskId.New();
        TaskException ended = await Assert.ThrowsAnyAsync<TaskException>(async () =>
        {
            await PublishAsync(engine, TaskId.New());
            await PublishAsync(engine, id);
        });
        Assert.True(ended is TaskRejectedException or TaskUnconfirmedException);
    }
}
