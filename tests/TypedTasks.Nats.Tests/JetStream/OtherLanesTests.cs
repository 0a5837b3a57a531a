using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.Nats.Tests.Faults;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>Tasks in lanes that only other processes use are known too.</summary>
public sealed class OtherLanesTests
{
    [Fact]
    public async Task A_task_of_a_lane_that_was_made_a_moment_ago_is_known()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port);
        await using NatsEngine other = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await other.StartAsync([], CancellationToken.None);
        Assert.Equal(TaskState.Unknown, (await other.Outcomes.GetAsync(TaskId.New(), CancellationToken.None)).State);

        var lane = new Lane("new", "work");
        var id = TaskId.New();
        await engine.PublishAsync(new TaskAddress(lane, id, default) { IsFresh = true }, new Raw("payload"u8.ToArray()), CancellationToken.None);

        Assert.Equal(TaskState.Queued, (await other.Outcomes.GetAsync(id, CancellationToken.None)).State);
    }
}
