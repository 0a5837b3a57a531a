using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Streams;

/// <summary>Who waits for room in a full lane holds an envelope: so many may, and no more.</summary>
public sealed class WaitingPublishersTests : RedisTest
{
    [Theory]
    [InlineData(16, 10, 16)]
    [InlineData(1000, 300 * 1024, 3)]
    public async Task Those_who_wait_are_bounded_and_their_places_are_given_back(int most, int length, int expected)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync(
            server.Endpoint, options => options with { MaxTasksPerLane = 1, MaxInFlight = most, MaxInFlightBytes = 1024 * 1024, PublishTimeout = TimeSpan.FromMinutes(10) });
        await PublishAsync(engine, TaskId.New(), "first");
        using var callers = new CancellationTokenSource();
        var waiting = new List<Task>();
        for (int number = 1; number <= expected; number++)
        {
            waiting.Add(Publish());
            Assert.True(await UntilAsync(() => engine.WaitingPublishers == number), $"{engine.WaitingPublishers} wait, not {number}.");
        }

        TaskRejectedException full = await Assert.ThrowsAsync<TaskRejectedException>(() => Publish().WaitAsync(Patience));
        Assert.Equal(TaskRejection.Full, full.Reason);
        Assert.All(waiting, one => Assert.False(one.IsCompleted));

        await callers.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
        Assert.True(await UntilAsync(() => engine.WaitingPublishers == 0), $"{engine.WaitingPublishers} still wait.");

        Task Publish() => engine.PublishAsync(new TaskAddress(Lane, TaskId.New(), default), new Text(new string('x', length)), callers.Token).AsTask();
    }
}
