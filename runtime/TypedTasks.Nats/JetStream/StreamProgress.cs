namespace TypedTasks.Nats.JetStream;

/// <summary>
/// The youngest message that came out of a stream, as the reader of its deliveries notes it, and which it was when the server was last started anew. The messages of a stream are stored one after the other: one
/// that has a lower number than that and is younger belongs to a stream that began anew, too.
/// </summary>
internal sealed class StreamProgress
{
    // No server is started as fast as this, and a time that was read as text may be rounded.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private ulong _sequence;
    private long _storedAt;
    private Mark? _before;

    /// <summary>Notes a delivery. One thread at a time, and not while <see cref="BeginServer"/> is called.</summary>
    /// <param name="sequence">The message's number in its stream.</param>
    /// <param name="storedAt">When it was stored, in nanoseconds since 1970.</param>
    public void Note(ulong sequence, long storedAt)
    {
        if (storedAt > _storedAt)
        {
            _storedAt = storedAt;
            _sequence = sequence;
        }
    }

    /// <summary>What comes from now on is of another start of the server.</summary>
    public void BeginServer() => Volatile.Write(ref _before, new Mark(_sequence, DateTimeOffset.UnixEpoch.AddTicks(_storedAt / TimeSpan.NanosecondsPerTick)));

    /// <summary>Whether a message of now cannot be of the stream that the consumer's earlier deliveries came from. From any thread.</summary>
    /// <param name="message">The message.</param>
    /// <param name="createdAt">When the consumer was made: one that is younger knows nothing of that stream.</param>
    public bool IsContradictedBy(StoredMessage message, DateTimeOffset createdAt) =>
        Volatile.Read(ref _before) is { } before && createdAt <= before.StoredAt && message.Sequence <= before.Sequence && message.Time > before.StoredAt + Tolerance;

    private sealed record Mark(ulong Sequence, DateTimeOffset StoredAt);
}
