using System.Buffers;
using System.Buffers.Binary;
using TypedTasks.Engine;
using TypedTasks.Testing;

namespace TypedTasks.Embedded.Tests;

/// <summary>An embedded engine on virtual time that resumes inline, so that a test is one thread and every step has happened when it returns.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    public static readonly Lane TestLane = new("default", "tests");

    public TestEngine(EmbeddedEngineOptions? options = null)
    {
        InlineScheduler scheduler = new();
        Engine = new EmbeddedEngine((options ?? new EmbeddedEngineOptions()) with { Resume = scheduler.Schedule }, Time);
    }

    public VirtualTime Time { get; } = new();

    public EmbeddedEngine Engine { get; }

    /// <summary>The id that a number stands for.</summary>
    public static TaskId Id(long number)
    {
        Span<byte> bytes = stackalloc byte[TaskId.Size];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, 1);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], number);
        return TaskId.Read(bytes);
    }

    public static long NumberOf(Delivery delivery) => BinaryPrimitives.ReadInt64BigEndian(delivery.Envelope.Span);

    public static Settlement Complete(Delivery delivery, TimeSpan keep = default) => new()
    {
        Delivery = delivery,
        Kind = SettlementKind.Complete,
        Id = Id(NumberOf(delivery)),
        State = TaskState.Succeeded,
        Outcome = "ok"u8.ToArray(),
        KeepOutcome = keep,
    };

    public static Settlement DeadLetter(Delivery delivery) => new()
    {
        Delivery = delivery,
        Kind = SettlementKind.DeadLetter,
        Id = Id(NumberOf(delivery)),
        State = TaskState.DeadLettered,
        Outcome = "dead"u8.ToArray(),
        KeepOutcome = TimeSpan.FromMinutes(1),
        Note = new DeadLetterNote(DeadLetterReason.NotTransient, default, delivery.Attempt, null),
    };

    public ValueTask<PublishStatus> PublishAsync(long number, DateTimeOffset notBefore = default) =>
        Engine.PublishAsync(new TaskAddress(TestLane, Id(number), notBefore), new NumberEnvelope(number), CancellationToken.None);

    public async Task<ILaneConsumer> ConsumeAsync(TimeSpan? lease = null) =>
        await Engine.ConsumeAsync(TestLane, new LaneConsumerOptions { Lease = lease ?? TimeSpan.FromSeconds(30) }, CancellationToken.None);

    /// <summary>What there is now, at most so much; nothing is waited for.</summary>
    public static Delivery[] Receive(ILaneConsumer consumer, int count)
    {
        Delivery[] room = new Delivery[count];
        using CancellationTokenSource cancel = new();
        ValueTask<int> receiving = consumer.ReceiveAsync(room, cancel.Token);
        cancel.Cancel();
        try
        {
            // Inline resumption: it has ended, one way or the other.
            return room[..receiving.GetAwaiter().GetResult()];
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    public static SettleStatus Settle(ILaneConsumer consumer, Settlement settlement)
    {
        SettleStatus[] statuses = new SettleStatus[1];
        consumer.SettleAsync(new[] { settlement }, statuses, CancellationToken.None).GetAwaiter().GetResult();
        return statuses[0];
    }

    public async Task<TaskState> StateAsync(long number) => (await Engine.Outcomes.GetAsync(Id(number), CancellationToken.None)).State;

    public async Task<LaneStatistics> StatisticsAsync() => await Engine.Administration.GetStatisticsAsync(TestLane, CancellationToken.None);

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}

/// <summary>An envelope that is a number.</summary>
internal readonly struct NumberEnvelope(long number) : IEnvelopeSource
{
    public void WriteTo(IBufferWriter<byte> destination)
    {
        BinaryPrimitives.WriteInt64BigEndian(destination.GetSpan(64), number);
        destination.Advance(64);
    }
}
