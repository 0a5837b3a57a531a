using TypedTasks.Conformance.Engine;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>What an operator's tool can rely on.</summary>
public abstract class Operating<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "probe")]
    [InlineData("default", null)]
    public async Task A_lane_without_names_is_an_argument_that_cannot_be(string? queue, string? contract)
    {
        ITaskAdmin admin = (await StartProducerAsync()).Admin;
        var lane = new Lane(queue!, contract!);

        ArgumentException[] refused =
        [
            await Assert.ThrowsAsync<ArgumentException>(() => Soon(admin.GetLaneAsync(lane, Cancellation))),
            await Assert.ThrowsAsync<ArgumentException>(() => Soon(admin.PurgeAsync(lane, Cancellation))),
            await Assert.ThrowsAsync<ArgumentException>(() => Soon(admin.RequeueAsync(lane, TaskId.New(), Cancellation))),
            await Assert.ThrowsAsync<ArgumentException>(() => Soon(admin.DeleteDeadLetterAsync(lane, TaskId.New(), Cancellation))),
        ];

        Assert.All(refused, mistake => Assert.Equal("lane", mistake.ParamName));
    }
}
