using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Connection;

/// <summary>What the connection does with a call after it was shown an answer.</summary>
internal enum CallVerdict
{
    /// <summary>The answer settles the call.</summary>
    Completed,

    /// <summary>The server cannot do it now: the same frame is sent again a little later.</summary>
    TryAgain,
}

/// <summary>Why a call ended without an answer that settles it.</summary>
internal enum CallFailure
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>No answer, or none but "not now", came in time.</summary>
    TimedOut,

    /// <summary>The caller gave up.</summary>
    Cancelled,

    /// <summary>The connection was lost, or whoever was to answer, and the call may not be sent again.</summary>
    ConnectionLost,

    /// <summary>The server forbids the subject.</summary>
    Denied,

    /// <summary>The connection was closed for good.</summary>
    Closed,

    /// <summary>The connection holds as many waiting calls as it may.</summary>
    Overloaded,
}

/// <summary>
/// A frame that was sent, or waits to be, and the answer that it waits for. The frame is kept until the answer is there, so that it can be
/// sent again, unchanged, on the next connection.
/// </summary>
/// <remarks>
/// Reused: the owner fills <see cref="Frame"/>, hands the call to <see cref="NatsConnection.Send"/>, and does not touch it until it is completed,
/// which happens exactly once for each sending. State changes happen under a lock on the call itself; where the connection's gate is needed too, the gate is taken first.
/// </remarks>
internal abstract class PendingCall
{
    /// <summary>The frame.</summary>
    public OutgoingFrame Frame { get; } = new();

    /// <summary>When to give up, as a timestamp.</summary>
    public long Deadline { get; set; }

    /// <summary>How often the frame was handed to a socket.</summary>
    public int Sends { get; internal set; }

    /// <summary>Why the call failed.</summary>
    public CallFailure Failure { get; internal set; }

    /// <summary>Whether there still is somebody to answer it. Asked whenever it would be sent later than it was handed over: on another connection, and when no answer came.</summary>
    public virtual bool MaySend => true;

    /// <summary>Whether it may be sent more than once.</summary>
    public virtual bool MayResend => true;

    /// <summary>Whether it is neither completed nor failed.</summary>
    internal bool IsActive { get; set; }

    internal int Index { get; set; } = -1;

    internal uint Generation { get; set; }

    /// <summary>Tells one sending of this object from the next; counted by the connection, under its gate.</summary>
    internal uint Ticket { get; set; }

    /// <summary>When to send it again; <see cref="long.MaxValue"/> while an answer is awaited.</summary>
    internal long ResendAt { get; set; }

    /// <summary>Looks at an answer, on the reader's thread and under the call's lock: reads what it needs, and runs nobody's code.</summary>
    protected internal abstract CallVerdict OnReply(in NatsFrame frame);

    /// <summary>Wakes the owner. Called once, outside all locks, after the verdict or with <see cref="Failure"/> set; must not run the owner's code here.</summary>
    protected internal abstract void OnCompleted();
}
