using System.Text;
using TypedTasks.Engine;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>How far settling a delivery has come.</summary>
internal enum DeliveryPhase
{
    /// <summary>In someone's hands.</summary>
    Held,

    /// <summary>What becomes of it is recorded, and cannot be changed by anyone; the server still has to be told that it is done with.</summary>
    Recorded,

    /// <summary>Settled.</summary>
    Settled,

    /// <summary>The lease was lost.</summary>
    Lost,
}

/// <summary>A delivery: the acknowledgement subject and the envelope in a buffer of its own, that is used again and again.</summary>
internal sealed class NatsDelivery : Delivery
{
    private const int KeptCapacity = 64 * 1024;
    private byte[] _bytes = new byte[1024];
    private int _ackLength;
    private int _envelopeLength;
    private int _attempt;

    public NatsDelivery(LaneConsumer consumer)
    {
        Consumer = consumer;
        Recording = new RecordCall(this);
    }

    /// <summary>Whose it is.</summary>
    public LaneConsumer Consumer { get; }

    /// <summary>Which consumer of which server delivered it.</summary>
    public DeliveryOrigin Origin { get; private set; } = null!;

    /// <summary>Whether the server still knows that it delivered this.</summary>
    public bool IsKnownToServer => Consumer.IsCurrent(Origin);

    /// <summary>The recording of its outcome.</summary>
    public RecordCall Recording { get; }

    /// <summary>Its renewing; made when first needed.</summary>
    public RenewCall Renewal => field ??= new RenewCall(this);

    public override ReadOnlyMemory<byte> Envelope => _bytes.AsMemory(_ackLength, _envelopeLength);

    public override int Attempt => _attempt;

    public override long Fence => FenceValue;

    public long FenceValue { get; set; }

    /// <summary>The task.</summary>
    public TaskId TaskId { get; private set; }

    /// <summary>How often the server says it delivered the message.</summary>
    public int Delivered { get; private set; }

    /// <summary>The message's place in the queue's stream.</summary>
    public ulong StreamSequence { get; private set; }

    /// <summary>When the message was stored, by the server's clock, in nanoseconds since 1970.</summary>
    public long StoredAt { get; private set; }

    /// <summary>The round that the message belongs to.</summary>
    public int Round { get; set; }

    /// <summary>The attempts before this round.</summary>
    public int EarlierAttempts { get; private set; }

    /// <summary>Not to be given out before this, in Unix milliseconds; 0 for at once.</summary>
    public long Due { get; private set; }

    /// <summary>The revision of the task's record that this delivery wrote; 0 when it wrote none, and there must be none.</summary>
    public ulong Revision { get; set; }

    /// <summary>Until when the lease surely holds, as a timestamp.</summary>
    public long LeaseEnd; // A field, for it is read and written from several threads by Volatile.

    /// <summary>When a retry that was recorded is due.</summary>
    public DateTimeOffset RetryAt { get; set; }

    /// <summary>How far it has come.</summary>
    public DeliveryPhase Phase { get; set; }

    /// <summary>The end of a task whose completion is acknowledged and not recorded.</summary>
    public TaskState End { get; set; }

    /// <summary>Until when an acknowledgement hits no other worker's delivery: as long as the lease surely holds, and for ever once it is recorded what becomes of the task.</summary>
    public long AcknowledgeUntil => Phase == DeliveryPhase.Recorded ? long.MaxValue : Volatile.Read(ref LeaseEnd);

    /// <summary>The subject that settles the message.</summary>
    public ReadOnlySpan<byte> AckSubjectBytes => _bytes.AsSpan(0, _ackLength);

    /// <summary>Copies a message in; returns false when it is none of ours.</summary>
    public bool TryLoad(in NatsFrame frame, long leaseEnd)
    {
        if (!AckSubject.TryParse(frame.ReplyTo, out AckSubject ack) || !TaskHeaders.TryReadTask(frame.Subject, frame.Headers, out TaskId id))
        {
            return false;
        }

        Origin = Consumer.Origin;
        TaskId = id;
        Delivered = ack.Delivered;
        StreamSequence = ack.StreamSequence;
        StoredAt = ack.Timestamp;
        FenceValue = (long)ack.ConsumerSequence;
        _attempt = 1;
        Round = EarlierAttempts = 0;
        Due = 0;
        Revision = 0;
        LeaseEnd = leaseEnd;
        Phase = DeliveryPhase.Held;
        if (!frame.Headers.IsEmpty)
        {
            var headers = new NatsHeaders(frame.Headers);
            Due = headers.TryGetInt64(TaskHeaders.Due, out long due) ? due : 0;
            Round = headers.TryGetInt64(TaskHeaders.Round, out long round) ? (int)Math.Clamp(round, 0, int.MaxValue) : 0;
            EarlierAttempts = headers.TryGetInt64(TaskHeaders.Attempt, out long attempt) ? (int)Math.Clamp(attempt, 0, int.MaxValue) : 0;
        }

        int length = frame.ReplyTo.Length + frame.Payload.Length;
        if (_bytes.Length < length || (_bytes.Length > KeptCapacity && length <= KeptCapacity))
        {
            _bytes = new byte[Math.Max(length, 1024)];
        }

        frame.ReplyTo.CopyTo(_bytes);
        frame.Payload.CopyTo(_bytes.AsSpan(frame.ReplyTo.Length));
        _ackLength = frame.ReplyTo.Length;
        _envelopeLength = frame.Payload.Length;
        return true;
    }

    /// <summary>Appends a frame that answers the server: <c>+ACK</c>, <c>-NAK</c>, <c>+WPI</c>, <c>+TERM</c>.</summary>
    /// <param name="frame">Where to, behind what it holds.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="isConfirmed">Whether the server is to confirm it.</param>
    public void AppendAnswer(OutgoingFrame frame, ReadOnlySpan<byte> answer, bool isConfirmed = true)
    {
        frame.BeginNext();
        frame.Append(AckSubjectBytes);
        frame.BeginPayloadWithoutHeaders(isConfirmed ? Consumer.Connection.ReplyLength : 0);
        frame.Append(answer);
        frame.End();
    }

    /// <summary>It was delivered before, whatever the server says.</summary>
    public void CountAsRepeated() => Delivered = Math.Max(Delivered, 2);

    /// <summary>Sets the attempt.</summary>
    public void SetAttempt(int attempt) => _attempt = attempt;
}
