using System.ComponentModel;
using System.Runtime.CompilerServices;
namespace TypedTasks.MessagePack;

/// <summary>A moment as a MessagePack timestamp; read as UTC.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeCodec : IPayloadCodec<DateTime>
{
    // Called, not inlined: all that a codec of many members inlines stands in one frame, which is cleared on every call.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Write(ref MessagePackWriter writer, DateTime value) => writer.WriteTimestamp(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static DateTime Read(ref MessagePackReader reader) => reader.ReadTimestamp();
}

/// <summary>
/// An array of two: the local time written as if it were UTC, and the offset in minutes. That is how MessagePack-CSharp's
/// <c>DateTimeOffsetFormatter</c> writes it; a program in another language subtracts the offset to get the moment.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeOffsetCodec : IPayloadCodec<DateTimeOffset>
{
    private const int MaxOffsetMinutes = 14 * 60;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DateTimeOffset value)
    {
        writer.WriteArrayHeader(2);
        writer.WriteTimestamp(new DateTime(value.Ticks, DateTimeKind.Utc));
        writer.Write(value.TotalOffsetMinutes);
    }

    /// <inheritdoc/>
    public static DateTimeOffset Read(ref MessagePackReader reader)
    {
        Payload.ReadExactArrayHeader(ref reader, 2);
        long ticks = reader.ReadTimestamp().Ticks;
        int minutes = reader.ReadInt16();
        long utc = ticks - (minutes * TimeSpan.TicksPerMinute);
        if (minutes is < -MaxOffsetMinutes or > MaxOffsetMinutes || utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            Malformed.OutOfRange(nameof(DateTimeOffset), reader.Consumed);
        }

        return new DateTimeOffset(ticks, new TimeSpan(minutes * TimeSpan.TicksPerMinute));
    }
}

/// <summary>A duration as an integer of ticks, 100 ns each (MessagePack-CSharp's <c>TimeSpanFormatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeSpanCodec : IPayloadCodec<TimeSpan>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TimeSpan value) => writer.Write(value.Ticks);

    /// <inheritdoc/>
    public static TimeSpan Read(ref MessagePackReader reader) => new(reader.ReadInt64());
}

/// <summary>A date as an integer of days since 0001-01-01 (MessagePack-CSharp's <c>DateOnlyFormatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateOnlyCodec : IPayloadCodec<DateOnly>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DateOnly value) => writer.Write(value.DayNumber);

    /// <inheritdoc/>
    public static DateOnly Read(ref MessagePackReader reader)
    {
        int day = reader.ReadInt32();
        if (day < 0 || day > DateOnly.MaxValue.DayNumber)
        {
            Malformed.OutOfRange(nameof(DateOnly), reader.Consumed);
        }

        return DateOnly.FromDayNumber(day);
    }
}

/// <summary>A time of day as an integer of ticks, 100 ns each (MessagePack-CSharp's <c>TimeOnlyFormatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeOnlyCodec : IPayloadCodec<TimeOnly>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TimeOnly value) => writer.Write(value.Ticks);

    /// <inheritdoc/>
    public static TimeOnly Read(ref MessagePackReader reader)
    {
        long ticks = reader.ReadInt64();
        if (ticks < 0 || ticks > TimeOnly.MaxValue.Ticks)
        {
            Malformed.OutOfRange(nameof(TimeOnly), reader.Consumed);
        }

        return new TimeOnly(ticks);
    }
}
