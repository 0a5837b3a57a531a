using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using TypedTasks.MessagePack;

namespace TypedTasks.Benchmarks;

/// <summary>The baseline's other half: reads what <see cref="StraightLineWriter"/> writes, checks every code, length and count, and throws on anything else.</summary>
internal static class StraightLineReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static (Guid OrderId, string Customer, decimal Amount) ReadCall(ReadOnlySpan<byte> from)
    {
        int at = 0;
        Expect(from[at++], 0x93);
        Guid orderId = ReadGuid(from, ref at);
        string customer = ReadText(from, ref at);
        decimal amount = ReadDecimal(from, ref at);
        return (orderId, customer, amount);
    }

    public static Order ReadOrder(ReadOnlySpan<byte> from)
    {
        int at = 0;
        Expect(from[at++], 0x95);
        var order = new Order { Id = ReadGuid(from, ref at) };

        int lines = ReadCount(from, ref at, 0x90, 0xdc);
        var list = new List<Line>(lines);
        for (int i = 0; i < lines; i++)
        {
            Expect(from[at++], 0x93);
            list.Add(new Line { Sku = ReadText(from, ref at), Quantity = ReadInt(from, ref at), Price = ReadDecimal(from, ref at) });
        }

        order.Lines = list;
        if (from[at] == 0xc0)
        {
            at++;
        }
        else
        {
            order.Note = ReadText(from, ref at);
        }

        int tags = ReadCount(from, ref at, 0x80, 0xde);
        var map = new Dictionary<string, string>(tags);
        for (int i = 0; i < tags; i++)
        {
            map.Add(ReadText(from, ref at), ReadText(from, ref at));
        }

        order.Tags = map;
        order.At = ReadTime(from, ref at);
        return order;
    }

    private static int ReadCount(ReadOnlySpan<byte> from, ref int at, byte small, byte large)
    {
        byte code = from[at++];
        int count = code - small;
        if ((uint)count > 15)
        {
            Expect(code, large);
            count = BinaryPrimitives.ReadUInt16BigEndian(from[at..]);
            at += 2;
        }

        return count <= from.Length - at ? count : throw new InvalidDataException("The count is larger than what is there.");
    }

    private static Guid ReadGuid(ReadOnlySpan<byte> from, ref int at)
    {
        Expect(from[at], 0xd9);
        Expect(from[at + 1], 36);
        if (!GuidCodec.TryParse(from.Slice(at + 2, 36), out Guid value))
        {
            throw new InvalidDataException("That is no GUID.");
        }

        at += 38;
        return value;
    }

    private static decimal ReadDecimal(ReadOnlySpan<byte> from, ref int at) =>
        DecimalCodec.TryParse(TakeText(from, ref at), out decimal value) ? value : throw new InvalidDataException("That is no decimal.");

    private static string ReadText(ReadOnlySpan<byte> from, ref int at) => Utf8.GetString(TakeText(from, ref at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> TakeText(ReadOnlySpan<byte> from, ref int at)
    {
        byte code = from[at++];
        int length = code - 0xa0;
        if ((uint)length > 31)
        {
            Expect(code, 0xd9);
            length = from[at++];
        }

        ReadOnlySpan<byte> text = from.Slice(at, length);
        at += length;
        return text;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadInt(ReadOnlySpan<byte> from, ref int at)
    {
        byte code = from[at++];
        if (code is <= 127 or >= 0xe0)
        {
            return (sbyte)code;
        }

        switch (code)
        {
            case 0xcc:
                return from[at++];
            case 0xcd:
                at += 2;
                return BinaryPrimitives.ReadUInt16BigEndian(from[(at - 2)..]);
            case 0xce:
                at += 4;
                return checked((int)BinaryPrimitives.ReadUInt32BigEndian(from[(at - 4)..]));
            default:
                Expect(code, 0xd2);
                at += 4;
                return BinaryPrimitives.ReadInt32BigEndian(from[(at - 4)..]);
        }
    }

    private static DateTime ReadTime(ReadOnlySpan<byte> from, ref int at)
    {
        byte code = from[at];
        Expect(from[at + 1], 0xff);
        at += 2;
        if (code == 0xd6)
        {
            at += 4;
            return DateTime.UnixEpoch.AddTicks(BinaryPrimitives.ReadUInt32BigEndian(from[(at - 4)..]) * TimeSpan.TicksPerSecond);
        }

        Expect(code, 0xd7);
        ulong both = BinaryPrimitives.ReadUInt64BigEndian(from[at..]);
        at += 8;
        return DateTime.UnixEpoch.AddTicks(((long)(both & 0x3_ffff_ffff) * TimeSpan.TicksPerSecond) + ((long)(both >> 34) / 100));
    }

    private static void Expect(byte found, byte expected)
    {
        if (found != expected)
        {
            Throw(found, expected);
        }
    }

    private static void Throw(byte found, byte expected) => throw new InvalidDataException($"Found 0x{found:x2} in place of 0x{expected:x2}.");
}
