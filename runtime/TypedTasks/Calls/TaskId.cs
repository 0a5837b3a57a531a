using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using TypedTasks.Calls;

namespace TypedTasks;

/// <summary>
/// The identity of a task: 16 bytes, on the wire in the order that <see cref="ToString()"/> prints them.
/// Enqueueing twice under one id is safe: the engine accepts the first and recognises the second.
/// </summary>
/// <remarks>New ids are UUIDs of version 7 (RFC 9562 section 5.7): ordered by time, unguessable enough to not collide, no coordination.</remarks>
[StructLayout(LayoutKind.Sequential)]
[JsonConverter(typeof(TaskIdJsonConverter))]
public readonly struct TaskId : IEquatable<TaskId>, IComparable<TaskId>, ISpanFormattable, IUtf8SpanFormattable, ISpanParsable<TaskId>
{
    /// <summary>The length on the wire, in bytes.</summary>
    public const int Size = 16;

    // The wire bytes, big-endian, so that comparing the numbers compares the bytes.
    private readonly ulong _high;
    private readonly ulong _low;

    private TaskId(ulong high, ulong low)
    {
        _high = high;
        _low = low;
    }

    /// <summary>Makes an id of a GUID, for instance of the caller's own request id.</summary>
    public TaskId(Guid value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        this = Read(bytes);
    }

    /// <summary>The id of no task.</summary>
    public static TaskId Empty => default;

    /// <summary>Whether this is the id of no task.</summary>
    public bool IsEmpty => (_high | _low) == 0;

    /// <summary>A new id. Allocates nothing.</summary>
    public static TaskId New() => New(DateTimeOffset.UtcNow);

    /// <summary>A new id whose time part is <paramref name="now"/>. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="now"/> is before 1970.</exception>
    public static TaskId New(DateTimeOffset now)
    {
        long milliseconds = now.ToUnixTimeMilliseconds();
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds, nameof(now));
        (ulong high, ulong low) = RandomBits.Take();

        return At(milliseconds, high, low);
    }

    /// <summary>The id that always comes of this one, the way that <paramref name="kind"/> names, and a number: the first bits of a SHA-256.</summary>
    /// <remarks>
    /// Of a UUID of version 7 it is another with the same time (RFC 9562 section 5.7), for engines find a task by its time; of any other it is one of version 8 (section 5.8).
    /// </remarks>
    internal TaskId Derive(byte kind, int number)
    {
        Span<byte> source = stackalloc byte[Size + 1 + sizeof(int)];
        Write(source);
        source[Size] = kind;
        BinaryPrimitives.WriteInt32BigEndian(source[(Size + 1)..], number);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source, hash);
        TaskId derived = Read(hash);
        ulong high = (_high & 0xf000) == 0x7000
            ? (_high & ~0xfffUL) | (derived._high & 0xfff)
            : (derived._high & ~0xf000UL) | 0x8000;
        return new TaskId(high, (derived._low >> 2) | 0x8000_0000_0000_0000);
    }

    /// <summary>The id that always comes of a time and a text: a UUID of version 7 whose other bits are the first of a SHA-256 of both.</summary>
    internal static TaskId Of(DateTimeOffset time, string text)
    {
        long milliseconds = time.ToUnixTimeMilliseconds();
        Span<byte> source = stackalloc byte[sizeof(long) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(source, milliseconds);
        SHA256.HashData(Encoding.UTF8.GetBytes(text), source[sizeof(long)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source, hash);
        TaskId bits = Read(hash);
        return At(milliseconds, bits._high, bits._low);
    }

    // RFC 9562 section 5.7: 48 bits of time, 4 of version, 12 others; 2 of variant, 62 others.
    private static TaskId At(long milliseconds, ulong high, ulong low) =>
        new(((ulong)milliseconds << 16) | 0x7000 | (high & 0x0fff), 0x8000_0000_0000_0000 | (low >> 2));

    /// <summary>Reads an id from its 16 wire bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 16 bytes.</exception>
    public static TaskId Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    /// <summary>Writes the id's 16 wire bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is room for fewer than 16 bytes.</exception>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
    }

    /// <summary>The same 16 bytes as a GUID.</summary>
    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    /// <inheritdoc/>
    public bool Equals(TaskId other) => _high == other._high && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is TaskId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low);

    /// <inheritdoc/>
    public int CompareTo(TaskId other) => _high != other._high ? _high.CompareTo(other._high) : _low.CompareTo(other._low);

    /// <summary>The id in GUID form: 36 characters in lower case.</summary>
    public override string ToString() => ToGuid().ToString("D");

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToGuid().ToString(format, formatProvider);

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        ToGuid().TryFormat(destination, out charsWritten, format);

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        ToGuid().TryFormat(utf8Destination, out bytesWritten, format);

    /// <inheritdoc/>
    public static TaskId Parse(string s, IFormatProvider? provider = null) => new(Guid.Parse(s, provider));

    /// <inheritdoc/>
    public static TaskId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => new(Guid.Parse(s, provider));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TaskId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out TaskId result)
    {
        bool parsed = Guid.TryParse(s, provider, out Guid value);
        result = parsed ? new TaskId(value) : default;
        return parsed;
    }

    /// <summary>Whether two ids are the same.</summary>
    public static bool operator ==(TaskId left, TaskId right) => left.Equals(right);

    /// <summary>Whether two ids differ.</summary>
    public static bool operator !=(TaskId left, TaskId right) => !left.Equals(right);

    /// <summary>Whether <paramref name="left"/> sorts first.</summary>
    public static bool operator <(TaskId left, TaskId right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> sorts last.</summary>
    public static bool operator >(TaskId left, TaskId right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not sort last.</summary>
    public static bool operator <=(TaskId left, TaskId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not sort first.</summary>
    public static bool operator >=(TaskId left, TaskId right) => left.CompareTo(right) >= 0;
}
