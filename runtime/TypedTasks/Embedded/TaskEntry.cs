using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>Where in the engine a task is. It is in one place at a time.</summary>
internal enum TaskPlace
{
    /// <summary>Nowhere: in the pool, being written, or waiting for room in its lane.</summary>
    None = 0,

    /// <summary>In its lane, to be delivered.</summary>
    Ready,

    /// <summary>Among the delayed ones.</summary>
    Delayed,

    /// <summary>In a worker's hands.</summary>
    Leased,

    /// <summary>In the hands of a worker that lost its lease: the task itself lives on in another entry.</summary>
    Lost,

    /// <summary>Among the dead letters.</summary>
    Dead,

    /// <summary>Ended; its outcome is kept.</summary>
    Ended,
}

/// <summary>
/// A task in the engine, from its publication to the end of its outcome, and the delivery that workers are given. Pooled, with its buffer.
/// All state is guarded by the engine's lock, except what a delivery shows, which does not change while a worker holds it.
/// </summary>
internal sealed partial class TaskEntry : Delivery
{
    private long _fence;
    private int _attempts;

    public override ReadOnlyMemory<byte> Envelope => new(_body, 0, _length);

    public override int Attempt => _attempts;

    public override long Fence => _fence;

    internal TaskId Id { get; set; }

    internal EmbeddedLane Lane { get; set; } = null!;

    internal TaskPlace Place { get; set; }

    /// <summary>The publisher's date from which on the task may run, in UTC ticks.</summary>
    internal long NotBefore { get; set; }

    /// <summary>When it came to its place, by the steady clock.</summary>
    internal long Since { get; set; }

    /// <summary>When its lease ends, or its outcome, by the steady clock.</summary>
    internal long Due { get; set; }

    /// <summary>The order in which leases were given and renewed: decides between those that end at the same time.</summary>
    internal long LeaseOrder { get; set; }

    /// <summary>The consumer that holds it.</summary>
    internal EmbeddedConsumer? Holder { get; set; }

    /// <summary>The first of those who wait for its end.</summary>
    internal OutcomeWaiter? FirstWaiter { get; set; }

    /// <summary>How it ended.</summary>
    internal TaskState EndState { get; set; }

    /// <summary>With those that are kept equally long, where its outcome is kept.</summary>
    internal Retention? Retention { get; set; }

    /// <summary>What belongs to a dead letter.</summary>
    internal DeadLetterRecord? DeadLetter { get; set; }

    // The links of the list in which it is.
    internal TaskEntry? Previous { get; set; }

    internal TaskEntry? Next { get; set; }

    /// <summary>What a caller may know of it.</summary>
    internal TaskState State => Place switch
    {
        TaskPlace.Leased => TaskState.Running,
        TaskPlace.Dead or TaskPlace.Ended => EndState,
        _ => _attempts > 0 ? TaskState.Retrying : TaskState.Queued,
    };

    internal void BeginDelivery(EmbeddedConsumer holder, long fence, long deadline)
    {
        Place = TaskPlace.Leased;
        Holder = holder;
        Due = deadline;
        _fence = fence;
        _attempts++;
    }

    /// <summary>The delivery that ends does not count.</summary>
    internal void DiscountAttempt() => _attempts--;

    internal void RestartAttempts() => _attempts = 0;

    /// <summary>Takes over the task of an entry whose worker keeps it in its hands: everything but the bytes moves, and those are copied.</summary>
    internal void TakeOver(TaskEntry other)
    {
        Id = other.Id;
        Lane = other.Lane;
        _attempts = other._attempts;
        FirstWaiter = other.FirstWaiter;
        other.FirstWaiter = null;
        for (OutcomeWaiter? waiter = FirstWaiter; waiter is not null; waiter = waiter.NextOfTask)
        {
            waiter.Entry = this;
        }

        SetBody(other.Envelope.Span);
    }

    /// <summary>Forgets the task before the entry goes into the pool.</summary>
    internal void Clear()
    {
        Place = TaskPlace.None;
        Holder = null;
        DeadLetter = null;
        Lane = null!;
        EndState = TaskState.Unknown;
        _attempts = 0;
        _fence = 0;
        ResetBody();
    }
}

/// <summary>What is kept of a dead letter beside its envelope.</summary>
internal sealed class DeadLetterRecord(DeadLetterNote note, long sequence)
{
    public DeadLetterNote Note { get; } = note;

    /// <summary>Ascending in the order of the dead letters' arrival.</summary>
    public long Sequence { get; } = sequence;

    public byte[] Outcome { get; set; } = [];

    /// <summary>When its outcome ends, by the steady clock.</summary>
    public long OutcomeDue { get; set; }
}
