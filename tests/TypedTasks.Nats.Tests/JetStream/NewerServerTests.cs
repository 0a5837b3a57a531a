using System.Text.Json;
using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.Nats.Tests.Faults;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>What newer servers can do by themselves is left to them, and a store that an older one wrote goes on.</summary>
public sealed class NewerServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_newer_server_removes_a_record_at_its_time_whatever_lies_before_it()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = ServerVersion.Newest });
        await using NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await engine.State.CreateAsync("long", "x"u8.ToArray(), TimeSpan.FromHours(1), CancellationToken.None);
        await engine.State.CreateAsync("short", "x"u8.ToArray(), TimeSpan.FromSeconds(1), CancellationToken.None);
        await engine.State.CreateAsync("always", "x"u8.ToArray(), engine.Options.MaxRetention, CancellationToken.None);
        ulong stored = await CountAsync(engine, engine.Names.StateStream);
        Assert.True(await UntilAsync(() => CountAsync(engine, engine.Names.StateStream).GetAwaiter().GetResult() == stored - 1, Patience), "The short-lived record is still there.");
        Assert.Null(await engine.State.GetAsync("short", CancellationToken.None));
        Assert.NotNull(await engine.State.GetAsync("long", CancellationToken.None));
        Assert.NotNull(await engine.State.GetAsync("always", CancellationToken.None));

        // The key is free again, under the condition that there is nothing.
        Assert.True((await engine.State.CreateAsync("short", "y"u8.ToArray(), TimeSpan.FromHours(1), CancellationToken.None)).Applied);
    }

    [Fact]
    public async Task An_outcome_is_removed_at_its_time_too()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = ServerVersion.Newest });
        await using NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions(), CancellationToken.None);
        await CompleteAsync(engine, consumer, TaskId.New(), TimeSpan.FromHours(1));
        TaskId brief = TaskId.New();
        await CompleteAsync(engine, consumer, brief, TimeSpan.FromSeconds(1));
        Assert.Equal(2UL, await CountAsync(engine, engine.Names.TaskStream));
        Assert.True(await UntilAsync(() => CountAsync(engine, engine.Names.TaskStream).GetAwaiter().GetResult() == 1, Patience), "The outcome is still there.");
        Assert.Equal(TaskState.Unknown, (await engine.Outcomes.GetAsync(brief, CancellationToken.None)).State);
    }

    [Theory]
    [InlineData(ServerVersion.Floor)]
    [InlineData(ServerVersion.Newest)]
    public async Task Streams_of_an_older_server_go_on_after_its_upgrade(ServerVersion next)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        TaskId before = TaskId.New();
        TaskId done = TaskId.New();
        await using (NatsEngine engine = NewEngine(server.Port))
        {
            await engine.StartAsync([TestLane], CancellationToken.None);
            await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions(), CancellationToken.None);
            await CompleteAsync(engine, consumer, done, TimeSpan.FromHours(1));
            await PublishAsync(engine, before);
        }

        await server.StopAsync();
        server.Options = server.Options with { Version = next };
        await server.StartAgainAsync();
        await using NatsEngine upgraded = NewEngine(server.Port);
        await upgraded.StartAsync([TestLane], CancellationToken.None);
        Assert.False(upgraded.WorkRecords.ExpiresByItself, "The stream was made without times to live, and nobody changes what an operator has.");
        Assert.Equal(TaskState.Succeeded, (await upgraded.Outcomes.GetAsync(done, CancellationToken.None)).State);
        await using ILaneConsumer again = await upgraded.ConsumeAsync(TestLane, new LaneConsumerOptions(), CancellationToken.None);
        await SettleAsync(again, await ReceiveAsync(again), TimeSpan.FromHours(1));
        Assert.Equal(TaskState.Succeeded, (await upgraded.Outcomes.GetAsync(before, CancellationToken.None)).State);
    }

    [Fact]
    public async Task Records_get_times_to_live_once_an_operator_allows_them()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using (NatsEngine engine = NewEngine(server.Port))
        {
            await engine.StartAsync([TestLane], CancellationToken.None);
            Assert.False(engine.WorkRecords.ExpiresByItself);
        }

        await server.StopAsync();
        server.Options = server.Options with { Version = ServerVersion.Newest };
        await server.StartAgainAsync();
        await using (NatsEngine operators = NewEngine(server.Port))
        {
            await operators.StartAsync([], CancellationToken.None);
            await AllowTimesToLiveAsync(operators, operators.Names.TaskStream);
        }

        await using NatsEngine upgraded = NewEngine(server.Port);
        await upgraded.StartAsync([TestLane], CancellationToken.None);
        Assert.True(upgraded.WorkRecords.ExpiresByItself);
        Assert.False(upgraded.StateRecords.ExpiresByItself);
        Assert.True((await upgraded.State.CreateAsync("key", "x"u8.ToArray(), TimeSpan.FromMinutes(1), CancellationToken.None)).Applied);
    }

    /// <summary>Why delayed tasks are moved by the engine on every server. When this fails, a server has learnt to do it.</summary>
    [Fact]
    public async Task A_stream_that_refuses_what_it_has_no_room_for_cannot_hold_schedules()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = ServerVersion.Newest });
        await using NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([], CancellationToken.None);
        ApiException refused = await Assert.ThrowsAsync<ApiException>(() => engine.WorkApi.RequestAsync("STREAM.CREATE.scheduled", json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, "scheduled");
            json.WriteStartArray("subjects"u8);
            json.WriteStringValue("scheduled.>");
            json.WriteEndArray();
            json.WriteString("retention"u8, "workqueue");
            json.WriteString("discard"u8, "new");
            json.WriteString("storage"u8, "memory");
            json.WriteBoolean("allow_msg_schedules"u8, true);
            json.WriteEndObject();
        }, CancellationToken.None).AsTask());
        Assert.Contains("discard new", refused.Description, StringComparison.Ordinal);
    }

    private static async Task CompleteAsync(NatsEngine engine, ILaneConsumer consumer, TaskId id, TimeSpan keep)
    {
        await PublishAsync(engine, id);
        await SettleAsync(consumer, await ReceiveAsync(consumer), keep);
    }

    private static async Task<Delivery> ReceiveAsync(ILaneConsumer consumer)
    {
        var room = new Delivery[1];
        Assert.Equal(1, await consumer.ReceiveAsync(room, CancellationToken.None).AsTask().WaitAsync(Patience));
        return room[0];
    }

    private static async Task SettleAsync(ILaneConsumer consumer, Delivery delivery, TimeSpan keep)
    {
        var statuses = new SettleStatus[1];
        Settlement[] settlements = [new Settlement { Delivery = delivery, Kind = SettlementKind.Complete, State = TaskState.Succeeded, KeepOutcome = keep, Outcome = "ok"u8.ToArray() }];
        await consumer.SettleAsync(settlements, statuses, CancellationToken.None);
        Assert.Equal(SettleStatus.Done, statuses[0]);
    }

    private static async Task<ulong> CountAsync(NatsEngine engine, string stream)
    {
        JsonElement info = await engine.WorkApi.RequestAsync("STREAM.INFO." + stream, null, CancellationToken.None);
        return info.GetProperty("state").GetProperty("messages").GetUInt64();
    }

    private static async Task AllowTimesToLiveAsync(NatsEngine engine, string stream)
    {
        JsonElement info = await engine.WorkApi.RequestAsync("STREAM.INFO." + stream, null, CancellationToken.None);
        await engine.WorkApi.RequestAsync("STREAM.UPDATE." + stream, json =>
        {
            json.WriteStartObject();
            foreach (JsonProperty property in info.GetProperty("config").EnumerateObject().Where(property => property.Name != "allow_msg_ttl"))
            {
                property.WriteTo(json);
            }

            json.WriteBoolean("allow_msg_ttl"u8, true);
            json.WriteEndObject();
        }, CancellationToken.None);
    }
}
