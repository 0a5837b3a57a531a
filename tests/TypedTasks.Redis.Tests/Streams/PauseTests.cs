using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Streams;

/// <summary>What a consumer hears of a pause is newer than what it asked before.</summary>
public sealed class PauseTests : RedisTest
{
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
        await UntilLooksAsync(server, await LooksAsync(server) + 1);
        await direct.Administration.PauseAsync(Lane.Queue, CancellationToken.None);
        ((Redis.Streams.LaneConsumer)consumer).SetPaused(true);
        await PublishAsync(direct, TaskId.New(), "paused");
        await UntilLooksAsync(server, await LooksAsync(server) + 2);

        Assert.False(receiving.IsCompleted, "A task was received from a paused queue.");
        proxy.Heal();
        await direct.Administration.ResumeAsync(Lane.Queue, CancellationToken.None);
        Assert.Equal("paused", LabelOf(await receiving));
    }

    private static async Task UntilLooksAsync(RedisServerProcess server, long count)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await LooksAsync(server) < count)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    // Each look at what is due says whether the queue is paused.
    private static async Task<long> LooksAsync(RedisServerProcess server)
    {
        const string Statistic = "cmdstat_zrangebyscore:calls=";
        string statistics = (string)(await server.CommandAsync("INFO", "commandstats"))!;
        int start = statistics.IndexOf(Statistic, StringComparison.Ordinal);
        return start < 0 ? 0 : long.Parse(statistics.AsSpan(start + Statistic.Length, statistics.IndexOf(',', start) - start - Statistic.Length), System.Globalization.CultureInfo.InvariantCulture);
    }
}
