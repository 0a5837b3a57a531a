using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Streams;

/// <summary>What operators and accidents do to a lane under a running engine: it goes on, and says so.</summary>
public sealed class LaneDamageTests : RedisTest
{
    [Fact]
    public async Task Flushed_scripts_are_loaded_again()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        await using ILaneConsumer consumer = await ConsumeAsync(engine);
        await server.CommandAsync("SCRIPT", "FLUSH");
        await PublishAsync(engine, TaskId.New(), "a");
        Delivery delivery = await ReceiveAsync(consumer);
        await server.CommandAsync("SCRIPT", "FLUSH");
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(delivery)));
    }

    [Fact]
    public async Task Flushed_scripts_are_loaded_once_however_many_commands_miss_them()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine engine = await StartAsync($"127.0.0.1:{proxy.Port}");
        await server.CommandAsync("SCRIPT", "FLUSH");
        proxy.ToClient.Stall = true;
        Task<PublishStatus>[] publishing = [.. Enumerable.Range(0, 3000).Select(_ => PublishAsync(engine, TaskId.New(), notBefore: DateTimeOffset.UtcNow.AddHours(1)))];
        proxy.ToClient.Stall = false;
        Assert.All(await Task.WhenAll(publishing).WaitAsync(Patience), status => Assert.Equal(PublishStatus.Accepted, status));
        Assert.Equal(3000, (await engine.Administration.GetStatisticsAsync(Lane, CancellationToken.None)).Delayed);
    }

    [Theory]
    [InlineData("DEL", "tt:{orders}:lane:invoices")]
    [InlineData("XGROUP", "DESTROY", "tt:{orders}:lane:invoices", "tt")]
    [InlineData("FLUSHALL")]
    public async Task A_lane_that_is_gone_is_made_again_while_a_consumer_waits(params string[] command)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        await using ILaneConsumer consumer = await ConsumeAsync(engine);
        Task<Delivery> receiving = ReceiveAsync(consumer);
        await server.CommandAsync(command);
        await PublishAsync(engine, TaskId.New(), "after");
        Assert.Equal("after", LabelOf(await receiving));
        Assert.Contains(Log.Lines, line => line.Contains("was gone from Redis", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_delivery_of_a_lane_that_is_gone_has_lost_its_lease()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        await using ILaneConsumer consumer = await ConsumeAsync(engine);
        await PublishAsync(engine, TaskId.New(), "before");
        Delivery delivery = await ReceiveAsync(consumer);
        await server.CommandAsync("DEL", "tt:{orders}:lane:invoices");
        Assert.Equal(SettleStatus.LeaseLost, await SettleAsync(consumer, Complete(delivery)));
        await PublishAsync(engine, TaskId.New(), "after");
        Assert.Equal("after", LabelOf(await ReceiveAsync(consumer)));
    }

    [Fact]
    public async Task What_a_destroyed_group_had_delivered_is_delivered_again_and_the_first_holder_has_lost_it()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        await using ILaneConsumer consumer = await ConsumeAsync(engine);
        await PublishAsync(engine, TaskId.New(), "a");
        Delivery first = await ReceiveAsync(consumer);
        await server.CommandAsync("XGROUP", "DESTROY", "tt:{orders}:lane:invoices", "tt");
        Delivery second = await ReceiveAsync(consumer);
        Assert.Equal("a", LabelOf(second));
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(second)));
        Assert.Equal(SettleStatus.LeaseLost, await SettleAsync(consumer, Complete(first)));
    }

    [Fact]
    public async Task What_a_deleted_consumer_held_is_brought_back_as_a_further_attempt()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        ILaneConsumer consumer = await ConsumeAsync(engine);
        await PublishAsync(engine, TaskId.New(), "a");
        Delivery lost = await ReceiveAsync(consumer);
        await server.CommandAsync("XGROUP", "DELCONSUMER", "tt:{orders}:lane:invoices", "tt", $"{engine.Instance}|1000");
        Delivery again = await ReceiveAsync(consumer);
        Assert.Equal("a", LabelOf(again));
        Assert.Equal(2, again.Attempt);
        Assert.True(again.Fence > lost.Fence);
        Assert.Equal(SettleStatus.LeaseLost, await SettleAsync(consumer, Complete(lost)));
        Assert.True(await UntilAsync(() => Log.Lines.Any(line => line.Contains("DELCONSUMER", StringComparison.Ordinal))));
    }

    /// <summary>As a failover to a replica that had not heard of the latest claims leaves it, or a restart from an older snapshot.</summary>
    [Theory]
    [InlineData("HINCRBY", "tt:{orders}:meta:invoices", "epoch", "-1")]
    [InlineData("HDEL", "tt:{orders}:meta:invoices", "epoch")]
    public async Task A_lease_that_ended_is_lost_even_where_the_server_has_forgotten_how_often_owners_changed(params string[] command)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        RedisEngine other = await StartAsync(server.Endpoint);
        await using ILaneConsumer slow = await ConsumeAsync(engine, lease: 0.5);
        Task<Delivery> receiving = ReceiveAsync(slow);
        Assert.True(await UntilAsync(() => server.InfoAsync("blocked_clients").GetAwaiter().GetResult() == "1"), "Nobody waits for tasks.");
        await server.CommandAsync(command);
        await PublishAsync(other, TaskId.New(), "a");
        Delivery first = await receiving;
        await using ILaneConsumer quick = await ConsumeAsync(other, lease: 30);
        Delivery second = await ReceiveAsync(quick);

        Assert.Equal(2, second.Attempt);
        Assert.Equal(SettleStatus.LeaseLost, await SettleAsync(slow, Complete(first)));
        Assert.Equal(SettleStatus.Done, await SettleAsync(quick, Complete(second)));
    }

    [Fact]
    public async Task Dead_letters_that_are_as_long_as_the_options_let_them_be_are_listed_in_pages_that_a_reply_can_hold()
    {
        const int Length = 30 * 1024 * 1024;
        const int Letters = 9;
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.No });
        RedisEngine engine = await StartAsync(server.Endpoint, options => options with { MaxEnvelopeLength = 32 * 1024 * 1024 });
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 60);
        string label = new('x', Length);
        for (int number = 0; number < Letters; number++)
        {
            await PublishAsync(engine, TaskId.New(), label);
            Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, new Settlement
            {
                Delivery = await ReceiveAsync(consumer),
                Kind = SettlementKind.DeadLetter,
                State = TaskState.DeadLettered,
                Note = new DeadLetterNote(DeadLetterReason.NotTransient, DateTimeOffset.UtcNow, 1, null),
            }));
        }

        int listed = 0;
        await foreach (StoredDeadLetter letter in engine.Administration.ListDeadLettersAsync(Lane, CancellationToken.None))
        {
            Assert.Equal(Length, letter.Envelope.Length);
            listed++;
        }

        Assert.Equal(Letters, listed);
    }

    [Fact]
    public async Task A_full_memory_pushes_back_and_settling_goes_on()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.No });
        RedisEngine engine = await StartAsync(server.Endpoint, options => options with { PublishTimeout = TimeSpan.FromMilliseconds(300) });
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);
        for (int number = 0; number < 3; number++)
        {
            await PublishAsync(engine, TaskId.New(), "held");
        }

        Delivery[] held = [await ReceiveAsync(consumer), await ReceiveAsync(consumer), await ReceiveAsync(consumer)];
        await server.CommandAsync("CONFIG", "SET", "maxmemory", "1mb");

        TaskRejectedException full = await Assert.ThrowsAsync<TaskRejectedException>(() => PublishAsync(engine, TaskId.New()));
        Assert.Equal(TaskRejection.Full, full.Reason);
        Assert.Contains("maxmemory", full.Message, StringComparison.Ordinal);
        full = await Assert.ThrowsAsync<TaskRejectedException>(() => PublishAsync(engine, TaskId.New(), fresh: true));
        Assert.Equal(TaskRejection.Full, full.Reason);
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(held[0])));
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, new Settlement { Delivery = held[1], Kind = SettlementKind.Retry, Delay = TimeSpan.FromHours(1) }));
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, new Settlement
        {
            Delivery = held[2],
            Kind = SettlementKind.DeadLetter,
            State = TaskState.DeadLettered,
            Note = new DeadLetterNote(DeadLetterReason.NotTransient, DateTimeOffset.UtcNow, 1, null),
        }));
        LaneStatistics statistics = await engine.Administration.GetStatisticsAsync(Lane, CancellationToken.None);
        Assert.Equal((0, 1, 0, 1), (statistics.Ready, statistics.Delayed, statistics.InFlight, statistics.DeadLetters));
    }
}
