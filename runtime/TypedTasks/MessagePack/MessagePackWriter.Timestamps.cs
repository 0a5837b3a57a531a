using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <content>Timestamps: spec.md#timestamp-extension-type.</content>
public ref partial struct MessagePackWriter
{
    /// <summary>Nanoseconds in one tick of <see cref="DateTime"/>.</summary>
    internal const int NanosecondsPerTick = 100;

    private const long UnixEpochSeconds = 62_135_596_800;

    /// <summary>
    /// Writes a moment in 6, 10 or 15 bytes. A local time is converted to UTC; an unspecified one is taken as it stands, as MessagePack-CSharp does.
    /// </summary>
    public void WriteTimestamp(DateTime value)
    {
        if (value.Kind == DateTimeKind.Local)
        {
            value = value.ToUniversalTime();
        }

        (ulong seconds, ulong ticks) = Math.DivRem((ulong)value.Ticks, TimeSpan.TicksPerSecond);
        WriteTimestamp((long)seconds - UnixEpochSeconds, (uint)ticks * NanosecondsPerTick);
    }

    /// <summary>Writes a moment in 6, 10 or 15 bytes.</summary>
    /// <param name="seconds">Whole seconds since 1970-01-01 00:00 UTC, negative before it.</param>
    /// <param name="nanoseconds">0 to 999,999,999 nanoseconds after those.</param>
    /// <exception cref="ArgumentOutOfRangeException">The nanoseconds make a second or more.</exception>
    public void WriteTimestamp(long seconds, uint nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nanoseconds, 999_999_999u);
        ref byte at = ref Reserve(15);
        if ((seconds >> 34) != 0)
        {
            at = MessagePackCode.Ext8;
            Unsafe.Add(ref at, 1) = 12;
            Unsafe.Add(ref at, 2) = unchecked((byte)MessagePackCode.Timestamp);
            BigEndian.Write(ref Unsafe.Add(ref at, 3), nanoseconds);
            BigEndian.Write(ref Unsafe.Add(ref at, 7), (ulong)seconds);
            _position += 15;
            return;
        }

        ulong both = ((ulong)nanoseconds << 34) | (ulong)seconds;
        Unsafe.Add(ref at, 1) = unchecked((byte)MessagePackCode.Timestamp);
        if (both <= uint.MaxValue)
        {
            at = MessagePackCode.FixExt4;
            BigEndian.Write(ref Unsafe.Add(ref at, 2), (uint)both);
            _position += 6;
        }
        else
        {
            at = MessagePackCode.FixExt8;
            BigEndian.Write(ref Unsafe.Add(ref at, 2), both);
            _position += 10;
        }
    }
}
