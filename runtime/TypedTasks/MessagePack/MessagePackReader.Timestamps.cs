using System.Buffers.Binary;

namespace TypedTasks.MessagePack;

/// <content>Timestamps: spec.md#timestamp-extension-type.</content>
public ref partial struct MessagePackReader
{
    private const long MinSeconds = -62_135_596_800;
    private const long MaxSeconds = 253_402_300_799;

    // The code and the type of a timestamp of 4 bytes, and of one of 8.
    private const ushort Head32 = (MessagePackCode.FixExt4 << 8) | 0xff;
    private const ushort Head64 = (MessagePackCode.FixExt8 << 8) | 0xff;

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
        if (!TryTakeTimestamp(out seconds, out nanoseconds))
        {
            ReadAnyTimestamp(out seconds, out nanoseconds);
        }

        if (nanoseconds > 999_999_999)
        {
            Malformed.Invalid("a timestamp: it has more than 999,999,999 nanoseconds", Consumed);
        }
    }

    /// <summary>Takes a timestamp of the two shorter forms that lies in one segment, moving on once; or takes nothing.</summary>
    private bool TryTakeTimestamp(out long seconds, out uint nanoseconds)
    {
        ReadOnlySpan<byte> rest = _span[_position..];
        ushort head = rest.Length >= 6 ? BinaryPrimitives.ReadUInt16BigEndian(rest) : (ushort)0;
        if (head == Head32)
        {
            seconds = BinaryPrimitives.ReadUInt32BigEndian(rest[2..]);
            nanoseconds = 0;
            _position += 6;
            return true;
        }

        if (head == Head64 && rest.Length >= 10)
        {
            Split(BinaryPrimitives.ReadUInt64BigEndian(rest[2..]), out seconds, out nanoseconds);
            _position += 10;
            return true;
        }

        seconds = 0;
        nanoseconds = 0;
        return false;
    }

    private void ReadAnyTimestamp(out long seconds, out uint nanoseconds)
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
                Split(TakeUInt64(), out seconds, out nanoseconds);
                break;
            case 12:
                nanoseconds = TakeUInt32();
                seconds = (long)TakeUInt64();
                break;
            default:
                Malformed.Invalid("a timestamp of 4, 8 or 12 bytes", Consumed);
                break;
        }
    }

    // Nanoseconds in the upper 30 bits, seconds in the lower 34.
    private static void Split(ulong both, out long seconds, out uint nanoseconds)
    {
        seconds = (long)(both & 0x3_ffff_ffff);
        nanoseconds = (uint)(both >> 34);
    }
}
