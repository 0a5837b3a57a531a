using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>
/// A server that was killed and forgot what it had delivered, while a worker held it. Server 2.15 does not answer an acknowledgement of what it has not delivered as far as it knows; server 2.9
/// answers, and may take everything up to there for settled.
/// </summary>
public sealed class ForgottenDeliveryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly LaneConsumerOptions LongLease = new() { Lease = TimeSpan.FromSeconds(30) };

    [Theory]
    [InlineData(ServerVersion.Floor)]
    [InlineData(ServerVersion.Newest)]
    public async Task What_is_settled_after_the_server_forgot_that_it_was_delivered_is_settled(ServerVersion version)
    {
        using var limit = new CancellationTokenSource(Patience);
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = version });
        await using NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([TestLane], limit.Token);
        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, LongLease, limit.Token);
        TaskId[] ids = [.. Enumerable.Range(0, 6).Select(_ => TaskId.New())];
        Delivery[] held = await ReceiveInOrderAsync(engine, consumer, ids, limit.Token);
        await RestartWithoutDeliveriesAsync(server, engine, limit.Token);

        Settlement[] settlements =
        [
            Complete(held[0], keeps: false),
            Complete(held[1], keeps: true),
            new Settlement { Delivery = held[2], Kind = SettlementKind.DeadLetter, State = TaskState.DeadLettered, Note = new DeadLetterNote(DeadLetterReason.AttemptsExhausted, DateTimeOffset.UnixEpoch, 1, null) },
            new Settlement { Delivery = held[3], Kind = SettlementKind.Retry, Delay = TimeSpan.FromHours(1) },
            new Settlement { Delivery = held[4], Kind = SettlementKind.Retry, Delay = TimeSpan.FromMilliseconds(10) },
            new Settlement { Delivery = held[5], Kind = SettlementKind.Release },
        ];
        var statuses = new SettleStatus[settlements.Length];
        await consumer.SettleAsync(settlements, statuses, limit.Token);

        Assert.All(statuses, static status => Assert.Equal(SettleStatus.Done, status));
        await using ILaneConsumer next = await engine.ConsumeAsync(TestLane, LongLease, limit.Token);
        Delivery[] again = await ReceiveAsync(next, 2, limit.Token);
        Assert.Equal(ids[4..].Order(), again.Select(static delivery => ((NatsDelivery)delivery).TaskId).Order());
        await next.SettleAsync(again.Select(static delivery => Complete(delivery, keeps: false)).ToArray(), statuses, limit.Token);
        Assert.True(await UntilAsync(() => Left(engine) is { Ready: 0, InFlight: 0 }, Patience), $"{Left(engine)}");
        Assert.Equal((1, 1), (Left(engine).Delayed, Left(engine).DeadLetters));
    }

    [Fact]
    public async Task A_late_completion_settles_no_task_but_its_own()
    {
        using var limit = new CancellationTokenSource(Patience);
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, time: new LateUpkeep());
        await engine.StartAsync([TestLane], limit.Token);
        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, LongLease, limit.Token);
        Delivery[] held = await ReceiveInOrderAsync(engine, consumer, Enumerable.Range(0, 4).Select(_ => TaskId.New()), limit.Token);
        await RestartWithoutDeliveriesAsync(server, engine, limit.Token);
        await using NatsEngine other = NewEngine(server.Port, time: new LateUpkeep());
        await other.StartAsync([TestLane], limit.Token);
        await using ILaneConsumer next = await other.ConsumeAsync(TestLane, LongLease, limit.Token);

        // The second task is the consumer's third delivery now; before the kill that was the third task.
        Delivery[] first = await ReceiveAsync(next, 1, limit.Token);
        await next.SettleAsync(new[] { new Settlement { Delivery = first[0], Kind = SettlementKind.Release } }, new SettleStatus[1], limit.Token);
        first = await ReceiveAsync(next, 1, limit.Token);
        Delivery[] second = await ReceiveAsync(next, 1, limit.Token);
        await next.SettleAsync(new[] { Complete(first[0], keeps: false) }, new SettleStatus[1], limit.Token);
        await consumer.SettleAsync(new[] { Complete(held[2], keeps: false) }, new SettleStatus[1], limit.Token);

        LaneState? state = await new Janitor(other).LookAsync(TestLane, limit.Token);
        Assert.True(state!.Floor < ((NatsDelivery)second[0]).StreamSequence, $"everything up to {state.Floor} counts as settled, and {((NatsDelivery)second[0]).StreamSequence} is not");
    }

    private static async Task RestartWithoutDeliveriesAsync(NatsServerProcess server, NatsEngine engine, CancellationToken cancellationToken)
    {
        string before = engine.WorkConnection.Info.ServerId;
        await server.KillAsync();
        server.ForgetDeliveries(engine.Names.QueueStream(TestLane.Queue));
        await server.StartAgainAsync();
        Assert.True(await UntilAsync(() => engine.WorkConnection.IsConnected && engine.WorkConnection.Info.ServerId != before, Patience));

        // The consumer has seen it, and says so to those that begin later.
        while ((await engine.Epochs.CurrentAsync(TestLane, cancellationToken)).ServerId != engine.WorkConnection.Info.ServerId)
        {
            await Task.Yield();
        }
    }

    private static LaneStatistics Left(NatsEngine engine) => engine.Administration.GetStatisticsAsync(TestLane, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    // One after the other, so that they are held in the order in which they are stored.
    private static async Task<Delivery[]> ReceiveInOrderAsync(NatsEngine engine, ILaneConsumer consumer, IEnumerable<TaskId> ids, CancellationToken cancellationToken)
    {
        var held = new List<Delivery>();
        foreach (TaskId id in ids)
        {
            await PublishAsync(engine, id);
            held.AddRange(await ReceiveAsync(consumer, 1, cancellationToken));
        }

        return [.. held];
    }
}
