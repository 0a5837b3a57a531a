using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>What the janitor removes on the server's word that it was settled, and what not even then.</summary>
public sealed class OrphanTests
{
    private static readonly LaneState EverythingSettled = new(Floor: 100, Delivered: 100, Pending: 0, CreatedAt: default);

    [Fact]
    public async Task What_the_server_says_was_settled_is_removed()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await PublishAsync(engine, TaskId.New());

        Assert.Equal(OrphanSweep.Done, await new Janitor(engine).RemoveOrphansAsync(TestLane, EverythingSettled, until: 1, CancellationToken.None));

        Assert.Null(await FirstAsync(engine));
    }

    [Fact]
    public async Task A_task_that_was_claimed_and_has_not_ended_is_not_removed_whatever_the_server_says()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([TestLane], limit.Token);
        await PublishAsync(engine, TaskId.New());
        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions { Lease = TimeSpan.FromSeconds(2) }, limit.Token);
        var room = new Delivery[1];
        await consumer.ReceiveAsync(room, limit.Token);

        // Its lease ends, and the second delivery is claimed before anyone sees it.
        await consumer.ReceiveAsync(room, limit.Token);

        Assert.Equal(OrphanSweep.Contradicted, await new Janitor(engine).RemoveOrphansAsync(TestLane, EverythingSettled, until: 1, limit.Token));

        Assert.NotNull(await FirstAsync(engine));
    }

    private static async Task<StoredMessage?> FirstAsync(NatsEngine engine)
    {
        LaneNames names = engine.Names.Of(TestLane);
        return await engine.WorkApi.GetNextAsync(names.Stream, names.Filter, 1, CancellationToken.None);
    }
}
