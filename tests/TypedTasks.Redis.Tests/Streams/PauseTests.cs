using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Streams;

/// <summary>What a consumer hears of a pause is newer than what it asked before.</summary>
public sealed class PauseTests : RedisTest
{
    // What the server is sent by a look at what is due, which says whether the queue is paused, and by a look for leases that ran out.
    private const string Look = "zrangebyscore";
    private const string Claim = "xpending";

    [Theory]
    [InlineData(Look)]
    [InlineData(Claim)]
    public async Task What_was_asked_before_a_pause_does_not_undo_it(string asked)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine direct = await StartAsync(server.Endpoint);
        RedisEngine engine = await StartAsync($"127.0.0.1:{proxy.Port}", options => options with { CommandTimeout = TimeSpan.FromMinutes(1), KeepAlive = TimeSpan.FromMinutes(1) });
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 60);
        Task<Delivery> receiving = ReceiveAsync(consumer);

        // What the server says from now on comes late: first that nothing is paused, or that no lease ran out, behind which the lane would be read.
        proxy.ToClient.Delay = TimeSpan.FromSeconds(2);
        await UntilAsync(server, asked, await CountAsync(server, asked) + 1);
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
