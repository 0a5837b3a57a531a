using System.Text.Json;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>Where the server keeps records until they are too old for their stream, the expired ones at its beginning are removed before.</summary>
public sealed class RecordSweeperTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(150, true)]
    [InlineData(1, false)]
    [InlineData(150, false)]
    public async Task Expired_records_are_removed_up_to_the_first_that_is_not(int expired, bool isOneLeft)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([], CancellationToken.None);
        Assert.False(engine.StateRecords.ExpiresByItself);
        for (int number = 0; number < expired; number++)
        {
            Assert.True((await engine.State.CreateAsync($"brief {number}", "x"u8.ToArray(), TimeSpan.FromMilliseconds(1), CancellationToken.None)).Applied);
        }

        if (isOneLeft)
        {
            Assert.True((await engine.State.CreateAsync("long", "x"u8.ToArray(), TimeSpan.FromHours(1), CancellationToken.None)).Applied);
            Assert.True((await engine.State.CreateAsync("brief and behind", "x"u8.ToArray(), TimeSpan.FromMilliseconds(1), CancellationToken.None)).Applied);
        }

        await UntilExpiredAsync(engine, isOneLeft ? "brief and behind" : $"brief {expired - 1}");
        await new RecordSweeper(engine).RunAsync(CancellationToken.None);

        Assert.Equal(isOneLeft ? 2UL : 0UL, await CountAsync(engine));
        Assert.Equal(isOneLeft, await engine.State.GetAsync("long", CancellationToken.None) is not null);
    }

    // The time of a record is the engine's, and passes by itself.
    private static async Task UntilExpiredAsync(NatsEngine engine, string key)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await engine.State.GetAsync(key, limit.Token) is not null)
        {
            await Task.Yield();
        }
    }

    private static async Task<ulong> CountAsync(NatsEngine engine)
    {
        JsonElement info = await engine.WorkApi.RequestAsync("STREAM.INFO." + engine.Names.StateStream, null, CancellationToken.None);
        return info.GetProperty("state").GetProperty("messages").GetUInt64();
    }
}
