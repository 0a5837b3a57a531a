using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>What an engine knows of a lane: its keys, how many tasks it may publish before it has to ask for room again, and where the stream stands.</summary>
internal sealed class LaneState
{
    /// <summary>Below this much room every publish asks. Beyond it a share of the room is published without asking, for a short time.</summary>
    private const int CloseToFull = 4096;

    /// <summary>The share of the room that one process takes at a time.</summary>
    private const int Share = 8;

    private const int ShareLifetime = 250;

    private int _allowance;
    private long _allowedUntil;
    private long _lastEntry;

    internal LaneState(LaneKeys keys)
    {
        Keys = keys;
        var head = new RespBuffer();
        head.WriteCommand(7);
        head.WriteBulk("XADD"u8);
        head.WriteBulk(keys.Stream);
        head.WriteBulk("*"u8);
        head.WriteBulk("i"u8);
        head.Append("$16\r\n"u8);
        AddHead = head.Span.ToArray();
    }

    internal LaneKeys Keys { get; }

    /// <summary><c>XADD stream * i $16</c>: what every plain publish starts with; the id follows.</summary>
    internal byte[] AddHead { get; }

    /// <summary>The millisecond of the latest entry known to exist: whatever is sent from now on becomes a later one.</summary>
    internal long LastEntry => Volatile.Read(ref _lastEntry);

    internal void SawEntry(long milliseconds)
    {
        if (milliseconds > Volatile.Read(ref _lastEntry))
        {
            Volatile.Write(ref _lastEntry, milliseconds);
        }
    }

    /// <summary>
    /// Whether one more task may be published without asking for room. When the share gets old, one publisher is sent to ask, and the others go on.
    /// </summary>
    internal bool TryPublishUnasked()
    {
        if (Volatile.Read(ref _allowance) <= 0)
        {
            return false;
        }

        long now = Environment.TickCount64;
        long until = Volatile.Read(ref _allowedUntil);
        if (now >= until + ShareLifetime || (now >= until && Interlocked.CompareExchange(ref _allowedUntil, now + ShareLifetime, until) == until))
        {
            return false;
        }

        return Interlocked.Decrement(ref _allowance) >= 0;
    }

    /// <summary>The server said how much room there is.</summary>
    internal void SawRoom(long room)
    {
        Volatile.Write(ref _allowedUntil, Environment.TickCount64 + ShareLifetime);
        Volatile.Write(ref _allowance, room < CloseToFull ? 0 : (int)Math.Min(room / Share, int.MaxValue));
    }
}
