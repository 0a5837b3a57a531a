namespace TypedTasks.MessagePack;

/// <content>Timestamps: spec.md#timestamp-extension-type.</content>
public ref partial struct MessagePackReader
{
    private const long MinSeconds = -62_135_596_800;
    private const long MaxSeconds = 253_402_300_799;

    /// <summary>Reads a moment as UTC. Nanoseconds below the tick of 100 ns are cut off.</summary>
    /// <exception cref="MessagePackException">It is something else, not one of the three forms, or not in the years 1 to 9999.</exception>
    public DateTime ReadTimestamp()
    {
        ReadTimestamp(out long seconds, out uint nanoseconds);
        if (seconds is < MinSeconds or > MaxSeconds)
        {
            Malformed.OutOfRange(nameof(DateTime), Consumed);
        }

        long ticks = ((seconds - MinSeconds) * TimeSpan.TicksPerSecond) + (nanoseconds / MessagePackWriter.NanosecondsPerTick);
        return new DateTime(ticks, DateTimeKind.Utc);
    }

    /// <summary>Reads a moment exactly.</summary>
    /// <param name="seconds">Whole seconds since 1970-01-01 00:00 UTC, negative before it.</param>
    /// <param name="nanoseconds">0 to 999,999,999 nanoseconds after those.</param>
    /// <exception cref="MessagePackException">It is something else or not one of the three forms.</exception>
    public void ReadTimestamp(out long seconds, out uint nanoseconds)
    {
        ReadExtensionHeader(out sbyte type, out int length);
        if (type != MessagePackCode.Timestamp)
        {
            Malformed.Invalid("a timestamp", Consumed);
        }

        seconds = 0;
        nanoseconds = 0;
        switch (length)
        {
            case 4:
                seconds = TakeUInt32();
                break;
            case 8:
                ulong both = TakeUInt64();
                seconds = (long)(both & 0x3_ffff_ffff);
                nanoseconds = (uint)(both >> 34);
                break;
            case 12:
                nanoseconds = TakeUInt32();
                seconds = (long)TakeUInt64();
                break;
            default:
                Malformed.Invalid("a timestamp of 4, 8 or 12 bytes", Consumed);
                break;
        }

        if (nanoseconds > 999_999_999)
        {
            Malformed.Invalid("a timestamp: it has more than 999,999,999 nanoseconds", Consumed);
        }
    }
}
