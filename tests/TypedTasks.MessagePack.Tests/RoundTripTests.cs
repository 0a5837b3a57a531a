using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Text = TypedTasks.MessagePack.NotNullCodec<string, TypedTasks.MessagePack.StringCodec>;

namespace TypedTasks.MessagePack.Tests;

public sealed class RoundTripTests
{
    [Fact]
    public void Numbers_are_read_as_written()
    {
        Holds<byte, ByteCodec>();
        Holds<sbyte, SByteCodec>();
        Holds<short, Int16Codec>();
        Holds<ushort, UInt16Codec>();
        Holds<int, Int32Codec>();
        Holds<uint, UInt32Codec>();
        Holds<bool, BooleanCodec>();
        Holds<char, CharCodec>();
        Holds<float, SingleCodec>();
        Holds<double, DoubleCodec>();
        Holds<decimal, DecimalCodec>();
        Holds<BigInteger, BigIntegerCodec>();
        Holds<long, Int64Codec>(Bits.Select(b => (long)b));
        Holds<ulong, UInt64Codec>(Bits);
        Holds<Half, HalfCodec>(Bits.Select(b => BitConverter.UInt16BitsToHalf((ushort)b)));
        Holds<Int128, Int128Codec>(Bits.Select(b => (Int128)b * (long)b));
        Holds<UInt128, UInt128Codec>(Bits.Select(b => (UInt128)b * b));
        Holds<Complex, ComplexCodec>(Bits.Select(b => new Complex(BitConverter.UInt64BitsToDouble(b), b)));
    }

    [Fact]
    public void Text_and_identifiers_are_read_as_written()
    {
        Holds<Guid, GuidCodec>();
        Holds<string?, StringCodec>(Runes.ArrayOf().Select(r => (string?)string.Concat(r)));
        Holds<Rune, RuneCodec>(Runes);
        Holds<Version?, VersionCodec>(Bits.Select(b => (Version?)new Version((int)(b & 0xff), (int)(b >> 40))));
        Holds<Uri?, UriCodec>(Bits.Select(b => (Uri?)new Uri($"https://example.org/{b}?q={b}")));
        Holds<byte[]?, ByteArrayCodec>();
    }

    [Fact]
    public void Times_are_read_as_written()
    {
        Holds<DateTime, DateTimeCodec>(Ticks.Select(t => new DateTime(t, DateTimeKind.Utc)));
        Holds<DateTimeOffset, DateTimeOffsetCodec>();
        Holds<TimeSpan, TimeSpanCodec>();
        Holds<DateOnly, DateOnlyCodec>(Ticks.Select(t => DateOnly.FromDateTime(new DateTime(t))));
        Holds<TimeOnly, TimeOnlyCodec>(Ticks.Select(t => new TimeOnly(t % TimeSpan.TicksPerDay)));
    }

    [Fact]
    public void Collections_are_read_as_written()
    {
        Holds<int[]?, ArrayCodec<int, Int32Codec>>();
        Holds<List<string>?, ListCodec<string, Text>>(Strings.Select(s => (List<string>?)[.. s]));
        Holds<HashSet<int>?, HashSetCodec<int, Int32Codec>>(Ints.Select(i => (HashSet<int>?)[.. i]));
        Holds<SortedSet<int>?, SortedSetCodec<int, Int32Codec>>(Ints.Select(i => (SortedSet<int>?)[.. i]));
        Holds<Stack<int>?, StackCodec<int, Int32Codec>>(Ints.Select(i => (Stack<int>?)new Stack<int>(i)));
        Holds<Queue<int>?, QueueCodec<int, Int32Codec>>(Ints.Select(i => (Queue<int>?)new Queue<int>(i)));
        Holds<ImmutableStack<int>?, ImmutableStackCodec<int, Int32Codec>>(Ints.Select(i => (ImmutableStack<int>?)ImmutableStack.CreateRange(i)));
        Holds<ImmutableHashSet<int>?, ImmutableHashSetCodec<int, Int32Codec>>(Ints.Select(i => (ImmutableHashSet<int>?)[.. i]));
        Holds<FrozenSet<int>?, FrozenSetCodec<int, Int32Codec>>(Ints.Select(i => (FrozenSet<int>?)i.ToFrozenSet()));
        Holds<Dictionary<string, int>?, DictionaryCodec<string, int, Text, Int32Codec>>(Maps.Select(m => (Dictionary<string, int>?)m));
        Holds<SortedList<string, int>?, SortedListCodec<string, int, Text, Int32Codec>>(Maps.Select(m => (SortedList<string, int>?)new SortedList<string, int>(m)));
        Holds<FrozenDictionary<string, int>?, FrozenDictionaryCodec<string, int, Text, Int32Codec>>(Maps.Select(m => (FrozenDictionary<string, int>?)m.ToFrozenDictionary()));
        Holds<(int, string, bool), ValueTupleCodec<int, string, bool, Int32Codec, Text, BooleanCodec>>(Ints.Select(i => (i.Length, $"{i.Sum()}", i.Length > 3)));
        Holds<int[,]?, Array2Codec<int, Int32Codec>>(Bits.Select(b => (int[,]?)Grid((int)(b % 5), (int)(b % 7))));
    }

    [Fact]
    public void A_decimal_is_written_as_its_invariant_text_and_read_with_its_scale()
    {
        Gen<decimal> decimals = Gen.Zip(Bits, Gen.Zip(Bits, Bits)).Select(b =>
            new decimal((int)b.Item1, (int)(b.Item1 >> 32), b.Item2.Item1 % 3 == 0 ? (int)b.Item2.Item1 : 0, b.Item2.Item2 % 2 == 0, (byte)(b.Item2.Item2 % 29)));

        Property.Holds(Arb.From(decimals), value =>
        {
            byte[] bytes = Bytes.Write<decimal, DecimalCodec>(value);
            return Encoding.ASCII.GetString(bytes, 1, bytes.Length - 1) == value.ToString(CultureInfo.InvariantCulture)
                && decimal.GetBits(Bytes.Read<decimal, DecimalCodec>(bytes)).SequenceEqual(decimal.GetBits(value is 0 ? Math.Abs(value) : value));
        });
    }

    [Theory]
    [InlineData("1e3")]
    [InlineData("+1.5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("1 ")]
    [InlineData(" 1")]
    [InlineData("1,5")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("0000000000000000000000000000000000001.50")]
    [InlineData("0.00000000000000000000000000000000001")]
    [InlineData("12345678901234567890123")]
    [InlineData("18446744073709551616")]
    [InlineData("1234567890.1234567890123456789")]
    [InlineData("-0.00")]
    public void A_decimal_of_another_sender_is_read_as_MessagePack_CSharp_reads_it(string text)
    {
        byte[] bytes = [(byte)(0xa0 | Math.Min(text.Length, 31)), .. Encoding.ASCII.GetBytes(text)];
        if (text.Length > 31)
        {
            bytes = [0xd9, (byte)text.Length, .. bytes[1..]];
        }

        if (Utf8Parser.TryParse(Encoding.ASCII.GetBytes(text), out decimal expected, out int length) && length == text.Length)
        {
            Assert.Equal(decimal.GetBits(expected), decimal.GetBits(Bytes.Read<decimal, DecimalCodec>(bytes)));
        }
        else
        {
            Assert.Throws<MessagePackException>(() => Bytes.Read<decimal, DecimalCodec>(bytes));
        }
    }

    [Fact]
    public void A_guid_is_read_in_either_case_and_in_no_other_form()
    {
        Guid value = Guid.NewGuid();
        foreach (string text in new[] { value.ToString(), value.ToString().ToUpperInvariant() })
        {
            Assert.Equal(value, Bytes.Read<Guid, GuidCodec>([0xd9, 36, .. Encoding.ASCII.GetBytes(text)]));
            for (int i = 0; i < text.Length; i++)
            {
                foreach (char wrong in "-g/:@G`\u007fx ")
                {
                    if (text[i] != wrong)
                    {
                        byte[] bytes = [0xd9, 36, .. Encoding.ASCII.GetBytes(text)];
                        bytes[2 + i] = (byte)wrong;
                        Assert.Throws<MessagePackException>(() => Bytes.Read<Guid, GuidCodec>(bytes));
                    }
                }
            }
        }

        Assert.Throws<MessagePackException>(() => Bytes.Read<Guid, GuidCodec>([0xd9, 32, .. Encoding.ASCII.GetBytes(value.ToString("N"))]));
    }

    [Fact]
    public void A_local_time_travels_as_UTC_and_an_unspecified_one_as_it_stands()
    {
        var local = new DateTime(2026, 11, 22, 7, 55, 0, DateTimeKind.Local);
        var unspecified = new DateTime(2026, 11, 22, 7, 55, 0, DateTimeKind.Unspecified);

        Assert.Equal(local.ToUniversalTime(), Bytes.Read<DateTime, DateTimeCodec>(Bytes.Write<DateTime, DateTimeCodec>(local)));
        Assert.Equal(unspecified.Ticks, Bytes.Read<DateTime, DateTimeCodec>(Bytes.Write<DateTime, DateTimeCodec>(unspecified)).Ticks);
        Assert.Equal(DateTimeKind.Utc, Bytes.Read<DateTime, DateTimeCodec>(Bytes.Write<DateTime, DateTimeCodec>(unspecified)).Kind);
    }

    private static Gen<ulong> Bits { get; } =
        Gen.Zip(Gen.Choose(0, 64), Gen.Zip(Gen.Choose(int.MinValue, int.MaxValue), Gen.Choose(int.MinValue, int.MaxValue)))
            .Select(x => x.Item1 == 64 ? 0 : (((ulong)(uint)x.Item2.Item1 << 32) | (uint)x.Item2.Item2) >> x.Item1);

    private static Gen<Rune> Runes { get; } = Bits.Select(b => Rune.TryCreate((int)(b % 0x110000), out Rune rune) ? rune : new Rune('x'));

    private static Gen<long> Ticks { get; } = Bits.Select(b => (long)(b % (ulong)DateTime.MaxValue.Ticks));

    private static Gen<int[]> Ints { get; } = ArbMap.Default.GeneratorFor<int[]>();

    private static Gen<string[]> Strings { get; } = ArbMap.Default.GeneratorFor<NonNull<string>[]>().Select(s => s.Select(t => t.Get).ToArray());

    private static Gen<Dictionary<string, int>> Maps { get; } = Strings.Select(s => s.Distinct().ToDictionary(t => t, t => t.Length - 5));

    private static int[,] Grid(int rows, int columns)
    {
        int[,] grid = new int[rows, columns];
        for (int i = 0; i < grid.Length; i++)
        {
            grid[i / columns, i % columns] = i * 100;
        }

        return grid;
    }

    private static void Holds<T, TCodec>()
        where TCodec : IPayloadCodec<T> => Holds<T, TCodec>(ArbMap.Default.GeneratorFor<T>());

    private static void Holds<T, TCodec>(Gen<T> values)
        where TCodec : IPayloadCodec<T> =>
        Property.Holds(Arb.From(values), value =>
        {
            byte[] bytes = Bytes.Write<T, TCodec>(value);
            Assert.Equal(value, Bytes.Read<T, TCodec>(bytes));
            Assert.Equal(value, Bytes.Read<T, TCodec>(Bytes.Segments([.. bytes.Select(b => new[] { b })])));
            return true;
        });
}
