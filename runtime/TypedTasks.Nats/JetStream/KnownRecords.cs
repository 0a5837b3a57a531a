namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Until when the records live that this process wrote or read lately, by their revisions. Whoever replaces or deletes one of them needs not read it first: the server
/// compares the revision, and the time is known here. Remembers the last few thousand; of any other the store has to be asked. Safe from any thread.
/// </summary>
internal sealed class KnownRecords
{
    // A power of two, and more than the handlers that run at once: a claim is written before its handler starts and replaced when it has ended.
    private const int Remembered = 4096;

    private readonly Lock _gate = new();
    private readonly (ulong Revision, DateTimeOffset Expiry)[] _records = new (ulong Revision, DateTimeOffset Expiry)[Remembered];

    /// <summary>A record was written, or read.</summary>
    public void Add(ulong revision, DateTimeOffset expiry)
    {
        lock (_gate)
        {
            _records[revision % Remembered] = (revision, expiry);
        }
    }

    /// <summary>Whether this process wrote or read it, and its time is not over.</summary>
    public bool IsAlive(ulong revision, DateTimeOffset now)
    {
        lock (_gate)
        {
            (ulong known, DateTimeOffset expiry) = _records[revision % Remembered];
            return known == revision && revision != 0 && expiry > now;
        }
    }
}
