using System.Text;
using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Streams;

/// <summary>When Redis has reached its <c>maxmemory</c> producers are pushed back, and everything that makes room goes on: a worker is who makes it.</summary>
public sealed class FullMemoryTests : RedisTest
{
    [Fact]
    public async Task A_worker_that_starts_anew_works_the_lane_off()
    {
        await using RedisServerProcess server = await StartServerAsync();
        await PublishAsync(await StartAsync(server.Endpoint), TaskId.New());
        await FillAsync(server);

        RedisEngine engine = await StartAsync(server.Endpoint);
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);
        Delivery delivery = await ReceiveAsync(consumer);

        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(delivery)));
        Assert.Equal(0, (await engine.Administration.GetStatisticsAsync(Lane, CancellationToken.None)).InFlight);
    }

    [Fact]
    public async Task The_first_worker_of_a_lane_can_start()
    {
        await using RedisServerProcess server = await StartServerAsync();
        await FillAsync(server);

        RedisEngine engine = await StartAsync(server.Endpoint);
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);

        Assert.Contains(Lane, await engine.Administration.ListLanesAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_is_due_is_delivered()
    {
        await using RedisServerProcess server = await StartServerAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        await PublishAsync(engine, TaskId.New(), "delayed", notBefore: DateTimeOffset.UtcNow.AddMilliseconds(200));
        await FillAsync(server);

        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);

        Assert.Equal("delayed", Encoding.UTF8.GetString((await ReceiveAsync(consumer)).Envelope.Span));
    }

    [Fact]
    public async Task Keys_and_effects_are_recorded()
    {
        await using RedisServerProcess server = await StartServerAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        await FillAsync(server);

        StateWrite created = await engine.State.CreateAsync("key", new byte[] { 1 }, TimeSpan.FromMinutes(1), CancellationToken.None);
        StateWrite replaced = await engine.State.ReplaceAsync("key", created.Current.Revision, new byte[] { 2 }, TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.Equal((true, true), (created.Applied, replaced.Applied));
        Assert.Equal([2], (await engine.State.GetAsync("key", CancellationToken.None))?.Value.ToArray());
    }

    [Fact]
    public async Task A_queue_can_be_paused_and_resumed()
    {
        await using RedisServerProcess server = await StartServerAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        await FillAsync(server);

        await engine.Administration.PauseAsync(Lane.Queue, CancellationToken.None);
        await engine.Administration.PauseAsync(Lane.Queue, CancellationToken.None);
        Assert.True((await engine.Administration.GetStatisticsAsync(Lane, CancellationToken.None)).IsPaused);

        await engine.Administration.ResumeAsync(Lane.Queue, CancellationToken.None);
        Assert.False((await engine.Administration.GetStatisticsAsync(Lane, CancellationToken.None)).IsPaused);
    }

    [Fact]
    public async Task A_dead_letter_can_be_requeued()
    {
        await using RedisServerProcess server = await StartServerAsync();
        RedisEngine engine = await StartAsync(server.Endpoint);
        TaskId id = TaskId.New();
        await PublishAsync(engine, id, "mended");
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);
        Delivery failed = await ReceiveAsync(consumer);
        await SettleAsync(consumer, Complete(failed) with
        {
            Kind = SettlementKind.DeadLetter,
            Id = id,
            State = TaskState.DeadLettered,
            Note = new DeadLetterNote(DeadLetterReason.AttemptsExhausted, DateTimeOffset.UtcNow, 1, null),
        });
        await FillAsync(server);

        Assert.True(await engine.Administration.RequeueDeadLetterAsync(Lane, id, CancellationToken.None));

        Delivery again = await ReceiveAsync(consumer);
        Assert.Equal("mended", LabelOf(again));
        Assert.Equal(1, again.Attempt);
    }

    private static Task<RedisServerProcess> StartServerAsync() => RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.No });

    private static async Task FillAsync(RedisServerProcess server) => await server.CommandAsync("CONFIG", "SET", "maxmemory", "1mb");
}
