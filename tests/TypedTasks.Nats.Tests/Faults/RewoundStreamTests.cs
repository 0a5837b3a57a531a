using System.Collections.Concurrent;
using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>A server that forgets the messages of a stream, and not how far its consumer has come: what is published afterwards has numbers that were settled before.</summary>
public sealed class RewoundStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_is_enqueued_after_a_stream_was_forgotten_is_delivered()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, options => options.PublishTimeout = TimeSpan.FromSeconds(10));
        await engine.StartAsync([TestLane], CancellationToken.None);
        using var limit = new CancellationTokenSource(Patience);
        await WorkedAsync(engine, await PublishedAsync(engine, 40), limit.Token);
        var runs = new ConcurrentDictionary<TaskId, int>();
        bool isDone = false;
        Task working = WorkAsync(engine, runs, () => Volatile.Read(ref isDone), TimeSpan.Zero, limit.Token);

        // In good order, so that it remembers how far the consumer has come.
        await server.StopAsync();
        server.Forget(engine.Names.QueueStream(TestLane.Queue));
        await server.StartAgainAsync();
        List<TaskId> later = await PublishedAsync(engine, 10);

        Assert.True(await UntilAsync(() => later.All(runs.ContainsKey), TimeSpan.FromSeconds(30)), $"{later.Count(runs.ContainsKey)} of {later.Count} tasks were delivered");
        Volatile.Write(ref isDone, true);
        await PublishAsync(engine, TaskId.New());
        await working;
    }

    [Fact]
    public async Task What_was_enqueued_before_anyone_saw_that_a_stream_was_forgotten_is_delivered()
    {
        var time = new LateUpkeep();
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, options => options.PublishTimeout = TimeSpan.FromSeconds(10), time: time);
        await engine.StartAsync([TestLane], CancellationToken.None);
        using var limit = new CancellationTokenSource(Patience);
        var runs = new ConcurrentDictionary<TaskId, int>();
        bool isDone = false;
        Task working = WorkAsync(engine, runs, () => Volatile.Read(ref isDone), TimeSpan.Zero, limit.Token);
        List<TaskId> before = await PublishedAsync(engine, 5);
        Assert.True(await UntilAsync(() => before.All(runs.ContainsKey), TimeSpan.FromSeconds(30)));

        // In good order, so that it remembers how far the consumer has come.
        await server.StopAsync();
        server.Forget(engine.Names.QueueStream(TestLane.Queue));
        await server.StartAgainAsync();
        List<TaskId> later = await PublishedAsync(engine, 20);
        Assert.True(await UntilAsync(() => runs.ContainsKey(later[^1]), TimeSpan.FromSeconds(30)), "nothing was delivered by the server that was started again");
        time.Begin();

        Assert.True(await UntilAsync(() => later.All(runs.ContainsKey), TimeSpan.FromSeconds(30)), $"{later.Count(runs.ContainsKey)} of {later.Count} tasks were delivered");
        Volatile.Write(ref isDone, true);
        await PublishAsync(engine, TaskId.New());
        await working;
    }

    private static async Task<List<TaskId>> PublishedAsync(NatsEngine engine, int count)
    {
        List<TaskId> tasks = [.. Enumerable.Range(0, count).Select(_ => TaskId.New())];
        foreach (TaskId task in tasks)
        {
            await PublishAsync(engine, task);
        }

        return tasks;
    }

    private static Task WorkedAsync(NatsEngine engine, List<TaskId> tasks, CancellationToken cancellationToken)
    {
        var runs = new ConcurrentDictionary<TaskId, int>();
        return WorkAsync(engine, runs, () => tasks.All(runs.ContainsKey), TimeSpan.Zero, cancellationToken);
    }
}
