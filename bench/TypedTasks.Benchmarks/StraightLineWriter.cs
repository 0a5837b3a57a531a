using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using TypedTasks.MessagePack;

namespace TypedTasks.Benchmarks;

/// <summary>
/// The baseline: what one would write by hand for these two payloads and no others. One span, one position, no abstraction, the same bytes. GUIDs and
/// decimals are text on the wire, and how digits are made is not what is compared: both sides call the same routines for them.
/// </summary>
internal static class StraightLineWriter
{
    /// <summary>Room for any value of a call or an order of the samples' size.</summary>
    public const int Room = 1024;

    public static int WriteCall(Span<byte> to, Guid orderId, string customer, decimal amount)
    {
        int at = 0;
        to[at++] = 0x93;
        at = WriteGuid(to, at, orderId);
        at = WriteText(to, at, customer);
        return WriteDecimal(to, at, amount);
    }

    public static int WriteOrder(Span<byte> to, Order order)
    {
        int at = 0;
        to[at++] = 0x95;
        at = WriteGuid(to, at, order.Id);
        at = WriteHeader(to, at, 0x90, 0xdc, order.Lines.Count);
        foreach (Line line in order.Lines)
        {
            to[at++] = 0x93;
            at = WriteText(to, at, line.Sku);
            at = WriteInt(to, at, line.Quantity);
            at = WriteDecimal(to, at, line.Price);
        }

        if (order.Note is null)
        {
            to[at++] = 0xc0;
        }
        else
        {
            at = WriteText(to, at, order.Note);
        }

        at = WriteHeader(to, at, 0x80, 0xde, order.Tags.Count);
        foreach ((string name, string value) in order.Tags)
        {
            at = WriteText(to, at, name);
            at = WriteText(to, at, value);
        }

        return WriteTime(to, at, order.At);
    }

    private static int WriteHeader(Span<byte> to, int at, byte small, byte large, int count)
    {
        if (count <= 15)
        {
            to[at] = (byte)(small | count);
            return at + 1;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ushort.MaxValue);
        to[at] = large;
        BinaryPrimitives.WriteUInt16BigEndian(to[(at + 1)..], (ushort)count);
        return at + 3;
    }

    private static int WriteGuid(Span<byte> to, int at, Guid value)
    {
        to[at] = 0xd9;
        to[at + 1] = 36;
        value.TryFormat(to[(at + 2)..], out _);
        return at + 38;
    }

    private static int WriteDecimal(Span<byte> to, int at, decimal value)
    {
        int length = DecimalCodec.Format(value, to.Slice(at + 1, DecimalCodec.MaxTextLength));
        to[at] = (byte)(0xa0 | length);
        return at + 1 + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteText(Span<byte> to, int at, string value)
    {
        // Short text, encoded where it stands if it is ASCII.
        int guess = value.Length <= 31 ? 1 : 2;
        int length = Encoding.UTF8.GetBytes(value, to[(at + guess)..]);
        int header = length <= 31 ? 1 : 2;
        if (header != guess)
        {
            to.Slice(at + guess, length).CopyTo(to[(at + header)..]);
        }

        if (length <= 31)
        {
            to[at] = (byte)(0xa0 | length);
        }
        else if (length <= byte.MaxValue)
        {
            to[at] = 0xd9;
            to[at + 1] = (byte)length;
        }
        else
        {
            throw new ArgumentException("The text is too long.", nameof(value));
        }

        return at + header + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteInt(Span<byte> to, int at, int value)
    {
        switch (value)
        {
            case >= -32 and <= 127:
                to[at] = (byte)value;
                return at + 1;
            case >= 0 and <= byte.MaxValue:
                to[at] = 0xcc;
                to[at + 1] = (byte)value;
                return at + 2;
            case >= 0 and <= ushort.MaxValue:
                to[at] = 0xcd;
                BinaryPrimitives.WriteUInt16BigEndian(to[(at + 1)..], (ushort)value);
                return at + 3;
            case >= 0:
                to[at] = 0xce;
                BinaryPrimitives.WriteUInt32BigEndian(to[(at + 1)..], (uint)value);
                return at + 5;
            default:
                to[at] = 0xd2;
                BinaryPrimitives.WriteInt32BigEndian(to[(at + 1)..], value);
                return at + 5;
        }
    }

    private static int WriteTime(Span<byte> to, int at, DateTime value)
    {
        long ticks = value.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks;
        (long seconds, long rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        if (rest == 0 && seconds is >= 0 and <= uint.MaxValue)
        {
            to[at] = 0xd6;
            to[at + 1] = 0xff;
            BinaryPrimitives.WriteUInt32BigEndian(to[(at + 2)..], (uint)seconds);
            return at + 6;
        }

        to[at] = 0xd7;
        to[at + 1] = 0xff;
        BinaryPrimitives.WriteUInt64BigEndian(to[(at + 2)..], ((ulong)rest * 100 << 34) | (ulong)seconds);
        return at + 10;
    }
}
