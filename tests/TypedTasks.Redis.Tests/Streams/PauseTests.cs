using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Streams;

/// <summary>What a consumer hears of a pause is newer than what it asked before.</summary>
public sealed class PauseTests : RedisTest
{
    // What the server is sent by a look at what is due, which says whether the queue is paused, and by a look for leases that ran out.
    private const string Look = "zrangebyscore";
    private const string Claim = "xpending";

    [Fact]
    public async Task An_answer_that_was_under_way_does_not_undo_a_pause()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine direct = await StartAsync(server.Endpoint);
        RedisEngine engine = await StartAsync($"127.0.0.1:{proxy.Port}", options => options with { CommandTimeout = TimeSpan.FromMinutes(1), KeepAlive = TimeSpan.FromMinutes(1) });
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 60);
        Task<Delivery> receiving = ReceiveAsync(consumer);

        // What the server says from now on comes late: first that nothing is paused.
        proxy.ToClient.Delay = TimeSpan.FromSeconds(2);
        await UntilAsync(server, Look, await CountAsync(server, Look) + 1);
        await direct.Administration.PauseAsync(Lane.Queue, CancellationToken.None);
        ((Redis.Streams.LaneConsumer)consumer).SetPaused(true);
        await PublishAsync(direct, TaskId.New(), "paused");
        await UntilAsync(server, Look, await CountAsync(server, Look) + 2);

        Assert.False(receiving.IsCompleted, "A task was received from a paused queue.");
        proxy.Heal();
        await direct.Administration.ResumeAsync(Lane.Queue, CancellationToken.None);
        Assert.Equal("paused", LabelOf(await receiving));
    }

    [Fact]
    public async Task A_consumer_that_was_asking_when_the_queue_was_paused_does_not_go_on_to_read()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine direct = await StartAsync(server.Endpoint);
        RedisEngine engine = await StartAsync($"127.0.0.1:{proxy.Port}", options => options with { CommandTimeout = TimeSpan.FromMinutes(1), KeepAlive = TimeSpan.FromMinutes(1) });
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 60);
        Task<Delivery> receiving = ReceiveAsync(consumer);

        // It is asking for leases that ran out, and will be told late that there are none.
        proxy.ToClient.Delay = TimeSpan.FromSeconds(2);
        await UntilAsync(server, Claim, await CountAsync(server, Claim) + 1);
        await direct.Administration.PauseAsync(Lane.Queue, CancellationToken.None);
        ((Redis.Streams.LaneConsumer)consumer).SetPaused(true);
        await PublishAsync(direct, TaskId.New(), "paused");
        await UntilAsync(server, Look, await CountAsync(server, Look) + 2);

        Assert.False(receiving.IsCompleted, "A task was received from a paused queue.");
        proxy.Heal();
        await direct.Administration.ResumeAsync(Lane.Queue, CancellationToken.None);
        Assert.Equal("paused", LabelOf(await receiving));
    }

    private static async Task UntilAsync(RedisServerProcess server, string command, long count)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await CountAsync(server, command) < count)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<long> CountAsync(RedisServerProcess server, string command)
    {
        string statistic = $"cmdstat_{command}:calls=";
        string statistics = (string)(await server.CommandAsync("INFO", "commandstats"))!;
        int start = statistics.IndexOf(statistic, StringComparison.Ordinal);
        return start < 0 ? 0 : long.Parse(statistics.AsSpan(start + statistic.Length, statistics.IndexOf(',', start) - start - statistic.Length), System.Globalization.CultureInfo.InvariantCulture);
    }
}
