using System.Buffers;
using System.Globalization;
using System.Numerics;
using TypedTasks.Analyzers.Evolution;
using TypedTasks.MessagePack;

namespace TypedTasks.Analyzers.Tests.Evolution;

/// <summary>Holds the table of what reads what against the codecs themselves.</summary>
public sealed class WireGroupsTests
{
    private static readonly Dictionary<string, Scalar> Scalars = new()
    {
        ["bool"] = Of<bool, BooleanCodec>(false, true),
        ["int8"] = Of<sbyte, SByteCodec>(sbyte.MinValue, 0, sbyte.MaxValue),
        ["uint8"] = Of<byte, ByteCodec>(0, byte.MaxValue),
        ["int16"] = Of<short, Int16Codec>(short.MinValue, 0, short.MaxValue),
        ["uint16"] = Of<ushort, UInt16Codec>(0, ushort.MaxValue),
        ["int32"] = Of<int, Int32Codec>(int.MinValue, 0, int.MaxValue),
        ["uint32"] = Of<uint, UInt32Codec>(0, uint.MaxValue),
        ["int64"] = Of<long, Int64Codec>(long.MinValue, 0, long.MaxValue),
        ["uint64"] = Of<ulong, UInt64Codec>(0, ulong.MaxValue),
        ["float16"] = Of<Half, HalfCodec>(Half.MinValue, (Half)0.5, Half.MaxValue),
        ["float32"] = Of<float, SingleCodec>(float.MinValue, 0.1f, float.MaxValue),
        ["float64"] = Of<double, DoubleCodec>(double.MinValue, 0.1, double.MaxValue),
        ["decimal"] = Of<decimal, DecimalCodec>(decimal.MinValue, 0.10m, decimal.MaxValue),
        ["string"] = Of<string?, StringCodec>("", "text", "http://["),
        ["bytes"] = Of<byte[]?, ByteArrayCodec>([], [1, 2]),
        ["guid"] = Of<Guid, GuidCodec>(Guid.Empty, new Guid("0193a5e0-7c3f-7000-8000-00000000002a")),
        ["uri"] = Of<Uri?, UriCodec>(new Uri("a", UriKind.Relative), new Uri("https://example.org/b?c=d")),
        ["version"] = Of<Version?, VersionCodec>(new Version(1, 2), new Version(1, 2, 3, 4)),
        ["datetime"] = Of<DateTime, DateTimeCodec>(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)),
        ["datetimeoffset"] = Of<DateTimeOffset, DateTimeOffsetCodec>(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2))),
        ["int128"] = Of<Int128, Int128Codec>(Int128.MinValue, Int128.MaxValue),
        ["bigint"] = Of<BigInteger, BigIntegerCodec>(BigInteger.One, BigInteger.Pow(10, 40)),
        ["complex"] = Of<Complex, ComplexCodec>(new Complex(1, 2)),
    };

    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (string written in Scalars.Keys)
            {
                foreach (string read in Scalars.Keys.Where(read => read != written))
                {
                    pairs.Add(written, read);
                }
            }

            return pairs;
        }
    }

    [Fact]
    public void The_table_speaks_of_scalars_that_there_are() => Assert.All(WireGroups.All, pair => Assert.True(Scalars.ContainsKey(pair.Written) && Scalars.ContainsKey(pair.Read)));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_the_table_says_the_codecs_do(string written, string read)
    {
        bool isReadWhole = Scalars[written].Values.All(value => IsReadAs(value, Scalars[read].Read, value.Text));
        Assert.Equal(WireGroups.Reads(written, read), isReadWhole);
    }

    // Read without an exception, and with the same meaning: the text of the value is what it was.
    private static bool IsReadAs((byte[] Bytes, string Text) value, Func<byte[], string> read, string text)
    {
        try
        {
            return read(value.Bytes) == text;
        }
        catch (MessagePackException)
        {
            return false;
        }
    }

    private static Scalar Of<T, TCodec>(params T[] values)
        where TCodec : IPayloadCodec<T> => new(
            [.. values.Select(value => (Write<T, TCodec>(value), Text(value)))],
            bytes =>
            {
                MessagePackReader reader = new((ReadOnlySpan<byte>)bytes);
                return Text(TCodec.Read(ref reader));
            });

    private static byte[] Write<T, TCodec>(T value)
        where TCodec : IPayloadCodec<T>
    {
        ArrayBufferWriter<byte> buffer = new();
        MessagePackWriter writer = new(buffer);
        TCodec.Write(ref writer, value);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    // Numbers by their value, whatever their type.
    private static string Text<T>(T value) => value switch
    {
        byte[] bytes => $"{Convert.ToHexString(bytes)} in bytes",
        Half half => Text((double)half),
        float single => Text((double)single),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        Uri uri => uri.OriginalString,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "null",
    };

    private sealed record Scalar((byte[] Bytes, string Text)[] Values, Func<byte[], string> Read);
}
