using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.Nats.Tests.Faults;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>However many tasks are due in a second, those that are in memory at once are bounded.</summary>
public sealed class DueTasksTests
{
    private static readonly DateTimeOffset Due = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Many_tasks_of_a_second_are_read_some_at_a_time()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, options => options.MaxRetention = TimeSpan.FromDays(36_500));
        await engine.StartAsync([TestLane], CancellationToken.None);
        TaskId[] ids = [.. Enumerable.Range(0, (3 * DueTasks.MostTasks) + 10).Select(_ => TaskId.New())];
        await Task.WhenAll(ids.Select((id, number) => PublishAsync(engine, id, Due.AddSeconds(number % 100 == 99 ? 1 : 0), "payload"u8.ToArray())));
        long second = Due.ToUnixTimeSeconds();
        var reading = new DueTasks(engine, engine.Names.Of(TestLane), [second, second + 1, second + 2]);
        var read = new List<TaskId>();

        while (reading.FirstLeft < long.MaxValue)
        {
            List<DueTask> some = await reading.ReadAsync(CancellationToken.None);
            Assert.InRange(some.Count, 0, DueTasks.MostTasks + 3);
            read.AddRange(some.Select(task => task.Id));
        }

        Assert.Equal(ids.Order(), read.Order());
    }

    [Fact]
    public async Task Large_tasks_are_read_fewer_at_a_time()
    {
        const int Length = 512 * 1024;
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, options => options.MaxRetention = TimeSpan.FromDays(36_500));
        await engine.StartAsync([TestLane], CancellationToken.None);
        for (int number = 0; number < 40; number++)
        {
            await PublishAsync(engine, TaskId.New(), Due, new byte[Length]);
        }

        var reading = new DueTasks(engine, engine.Names.Of(TestLane), [Due.ToUnixTimeSeconds()]);
        var read = new List<int>();
        while (reading.FirstLeft < long.MaxValue)
        {
            read.Add((await reading.ReadAsync(CancellationToken.None)).Count);
        }

        Assert.Equal(40, read.Sum());
        Assert.InRange(read.Max(), 1, 20);
    }

    private static Task<PublishStatus> PublishAsync(NatsEngine engine, TaskId id, DateTimeOffset due, byte[] payload) =>
        engine.PublishAsync(new TaskAddress(TestLane, id, due) { IsFresh = true }, new Raw(payload), CancellationToken.None).AsTask();
}
