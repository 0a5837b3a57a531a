using System.Text.Json;
using Text = TypedTasks.MessagePack.NotNullCodec<string, TypedTasks.MessagePack.StringCodec>;

namespace TypedTasks.MessagePack.Tests;

/// <summary>The bytes are MessagePack-CSharp's. The table gives a value for each C# expression of the file, which nothing here can evaluate.</summary>
public sealed class MessagePackCSharpVectorTests
{
    private static readonly Guid SomeGuid = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef");

    private static readonly Dictionary<(string Type, string Expression), CodecCase> Table = new()
    {
        [("SByte", "(sbyte)-128")] = CodecCase.Of<sbyte, SByteCodec>(-128),
        [("SByte", "(sbyte)-33")] = CodecCase.Of<sbyte, SByteCodec>(-33),
        [("SByte", "(sbyte)-32")] = CodecCase.Of<sbyte, SByteCodec>(-32),
        [("SByte", "(sbyte)127")] = CodecCase.Of<sbyte, SByteCodec>(127),
        [("Byte", "(byte)0")] = CodecCase.Of<byte, ByteCodec>(0),
        [("Byte", "(byte)127")] = CodecCase.Of<byte, ByteCodec>(127),
        [("Byte", "(byte)128")] = CodecCase.Of<byte, ByteCodec>(128),
        [("Byte", "(byte)255")] = CodecCase.Of<byte, ByteCodec>(255),
        [("Int16", "(short)-32768")] = CodecCase.Of<short, Int16Codec>(-32768),
        [("Int16", "(short)-129")] = CodecCase.Of<short, Int16Codec>(-129),
        [("Int16", "(short)32767")] = CodecCase.Of<short, Int16Codec>(32767),
        [("UInt16", "(ushort)256")] = CodecCase.Of<ushort, UInt16Codec>(256),
        [("UInt16", "(ushort)65535")] = CodecCase.Of<ushort, UInt16Codec>(65535),
        [("Int32", "0")] = CodecCase.Of<int, Int32Codec>(0),
        [("Int32", "-1")] = CodecCase.Of<int, Int32Codec>(-1),
        [("Int32", "-32")] = CodecCase.Of<int, Int32Codec>(-32),
        [("Int32", "-33")] = CodecCase.Of<int, Int32Codec>(-33),
        [("Int32", "-128")] = CodecCase.Of<int, Int32Codec>(-128),
        [("Int32", "-129")] = CodecCase.Of<int, Int32Codec>(-129),
        [("Int32", "-32768")] = CodecCase.Of<int, Int32Codec>(-32768),
        [("Int32", "-32769")] = CodecCase.Of<int, Int32Codec>(-32769),
        [("Int32", "int.MinValue")] = CodecCase.Of<int, Int32Codec>(int.MinValue),
        [("Int32", "127")] = CodecCase.Of<int, Int32Codec>(127),
        [("Int32", "128")] = CodecCase.Of<int, Int32Codec>(128),
        [("Int32", "255")] = CodecCase.Of<int, Int32Codec>(255),
        [("Int32", "256")] = CodecCase.Of<int, Int32Codec>(256),
        [("Int32", "65535")] = CodecCase.Of<int, Int32Codec>(65535),
        [("Int32", "65536")] = CodecCase.Of<int, Int32Codec>(65536),
        [("Int32", "int.MaxValue")] = CodecCase.Of<int, Int32Codec>(int.MaxValue),
        [("UInt32", "uint.MaxValue")] = CodecCase.Of<uint, UInt32Codec>(uint.MaxValue),
        [("UInt32", "2147483648u")] = CodecCase.Of<uint, UInt32Codec>(2147483648u),
        [("Int64", "long.MinValue")] = CodecCase.Of<long, Int64Codec>(long.MinValue),
        [("Int64", "-2147483649L")] = CodecCase.Of<long, Int64Codec>(-2147483649L),
        [("Int64", "4294967295L")] = CodecCase.Of<long, Int64Codec>(4294967295L),
        [("Int64", "4294967296L")] = CodecCase.Of<long, Int64Codec>(4294967296L),
        [("Int64", "long.MaxValue")] = CodecCase.Of<long, Int64Codec>(long.MaxValue),
        [("UInt64", "ulong.MaxValue")] = CodecCase.Of<ulong, UInt64Codec>(ulong.MaxValue),
        [("Boolean", "true")] = CodecCase.Of<bool, BooleanCodec>(true),
        [("Boolean", "false")] = CodecCase.Of<bool, BooleanCodec>(false),
        [("Single", "1.5f")] = CodecCase.Of<float, SingleCodec>(1.5f),
        [("Single", "float.NegativeInfinity")] = CodecCase.Of<float, SingleCodec>(float.NegativeInfinity),
        [("Double", "0.1")] = CodecCase.Of<double, DoubleCodec>(0.1),
        [("Double", "double.MaxValue")] = CodecCase.Of<double, DoubleCodec>(double.MaxValue),
        [("Double", "double.Epsilon")] = CodecCase.Of<double, DoubleCodec>(double.Epsilon),
        [("Char", "'A'")] = CodecCase.Of<char, CharCodec>('A'),
        [("Char", "'\\u20ac'")] = CodecCase.Of<char, CharCodec>('\u20ac'),
        [("String", "\"\"")] = CodecCase.Of<string?, StringCodec>(""),
        [("String", "\"a\"")] = CodecCase.Of<string?, StringCodec>("a"),
        [("String", "new string('s',31)")] = CodecCase.Of<string?, StringCodec>(new string('s', 31)),
        [("String", "new string('s',32)")] = CodecCase.Of<string?, StringCodec>(new string('s', 32)),
        [("String", "new string('s',255)")] = CodecCase.Of<string?, StringCodec>(new string('s', 255)),
        [("String", "new string('s',256)")] = CodecCase.Of<string?, StringCodec>(new string('s', 256)),
        [("String", "\"h\\u00e9llo \\u20ac \\U0001F600\"")] = CodecCase.Of<string?, StringCodec>("h\u00e9llo \u20ac \U0001F600"),
        [("String", "null")] = CodecCase.Of<string?, StringCodec>((string?)null),
        [("Byte[]", "Array.Empty<byte>()")] = CodecCase.Of<byte[]?, ByteArrayCodec>([[]]),
        [("Byte[]", "new byte[]{1,2,3}")] = CodecCase.Of<byte[]?, ByteArrayCodec>([[1, 2, 3]]),
        [("Byte[]", "new byte[256]")] = CodecCase.Of<byte[]?, ByteArrayCodec>([new byte[256]]),
        [("Decimal", "0m")] = CodecCase.Of<decimal, DecimalCodec>(0m),
        [("Decimal", "12.50m")] = CodecCase.Of<decimal, DecimalCodec>(12.50m),
        [("Decimal", "-79228162514264337593543950335m")] = CodecCase.Of<decimal, DecimalCodec>(-79228162514264337593543950335m),
        [("Decimal", "0.0000000000000000000000000001m")] = CodecCase.Of<decimal, DecimalCodec>(0.0000000000000000000000000001m),
        [("Guid", "Guid.Empty")] = CodecCase.Of<Guid, GuidCodec>(Guid.Empty),
        [("Guid", "Guid.Parse(\"01234567-89ab-cdef-0123-456789abcdef\")")] = CodecCase.Of<Guid, GuidCodec>(SomeGuid),
        [("DateTime", "DateTime.UnixEpoch")] = CodecCase.Of<DateTime, DateTimeCodec>(DateTime.UnixEpoch),
        [("DateTime", "new DateTime(2026,11,22,7,55,0,DateTimeKind.Utc)")] = CodecCase.Of<DateTime, DateTimeCodec>(new DateTime(2026, 11, 22, 7, 55, 0, DateTimeKind.Utc)),
        [("DateTime", "new DateTime(2026,11,22,7,55,0,123,DateTimeKind.Utc)")] = CodecCase.Of<DateTime, DateTimeCodec>(new DateTime(2026, 11, 22, 7, 55, 0, 123, DateTimeKind.Utc)),
        [("DateTime", "new DateTime(1900,1,1,0,0,0,DateTimeKind.Utc)")] = CodecCase.Of<DateTime, DateTimeCodec>(new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
        [("DateTime", "new DateTime(2600,1,1,0,0,0,DateTimeKind.Utc).AddTicks(7)")] = CodecCase.Of<DateTime, DateTimeCodec>(new DateTime(2600, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(7)),
        [("DateTimeOffset", "new DateTimeOffset(2026,11,22,7,55,0,TimeSpan.FromHours(2))")] = CodecCase.Of<DateTimeOffset, DateTimeOffsetCodec>(new DateTimeOffset(2026, 11, 22, 7, 55, 0, TimeSpan.FromHours(2))),
        [("TimeSpan", "TimeSpan.FromSeconds(90)")] = CodecCase.Of<TimeSpan, TimeSpanCodec>(TimeSpan.FromSeconds(90)),
        [("TimeSpan", "TimeSpan.MinValue")] = CodecCase.Of<TimeSpan, TimeSpanCodec>(TimeSpan.MinValue),
        [("DateOnly", "new DateOnly(2026,11,22)")] = CodecCase.Of<DateOnly, DateOnlyCodec>(new DateOnly(2026, 11, 22)),
        [("TimeOnly", "new TimeOnly(7,55,1)")] = CodecCase.Of<TimeOnly, TimeOnlyCodec>(new TimeOnly(7, 55, 1)),
        [("Int32?", "(int?)null")] = CodecCase.Of<int?, NullableCodec<int, Int32Codec>>((int?)null),
        [("Int32?", "(int?)5")] = CodecCase.Of<int?, NullableCodec<int, Int32Codec>>(5),
        [("DateTime?", "(DateTime?)null")] = CodecCase.Of<DateTime?, NullableCodec<DateTime, DateTimeCodec>>((DateTime?)null),
        [("Decimal?", "(decimal?)1.1m")] = CodecCase.Of<decimal?, NullableCodec<decimal, DecimalCodec>>(1.1m),
        [("Int32[]", "new int[]{1,2,3}")] = CodecCase.Of<int[]?, ArrayCodec<int, Int32Codec>>([[1, 2, 3]]),
        [("Int32[]", "Array.Empty<int>()")] = CodecCase.Of<int[]?, ArrayCodec<int, Int32Codec>>([[]]),
        [("String[]", "new string[]{\"a\",\"b\"}")] = CodecCase.Of<string[]?, ArrayCodec<string, Text>>([["a", "b"]]),
        [("Int32[]", "Enumerable.Range(0,16).ToArray()")] = CodecCase.Of<int[]?, ArrayCodec<int, Int32Codec>>([[.. Enumerable.Range(0, 16)]]),
        [("Int32[]", "Enumerable.Range(0,15).ToArray()")] = CodecCase.Of<int[]?, ArrayCodec<int, Int32Codec>>([[.. Enumerable.Range(0, 15)]]),
        [("List<Int64>", "new List<long>{1,2,4294967296}")] = CodecCase.Of<List<long>?, ListCodec<long, Int64Codec>>([[1, 2, 4294967296]]),
        [("Int32[]", "null")] = CodecCase.Of<int[]?, ArrayCodec<int, Int32Codec>>([null]),
        [("Int32[][]", "new int[][]{new[]{1},new[]{2,3}}")] = CodecCase.Of<int[]?[]?, ArrayCodec<int[]?, ArrayCodec<int, Int32Codec>>>([[[1], [2, 3]]]),
        [("Dictionary<String, Int32>", "new Dictionary<string,int>{[\"a\"]=1,[\"b\"]=2}")] = CodecCase.Of<Dictionary<string, int>?, DictionaryCodec<string, int, Text, Int32Codec>>(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }),
        [("Dictionary<Int32, String>", "new Dictionary<int,string>{[1]=\"x\"}")] = CodecCase.Of<Dictionary<int, string>?, DictionaryCodec<int, string, Int32Codec, Text>>(new Dictionary<int, string> { [1] = "x" }),
        [("Dictionary<String, Int32[]>", "new Dictionary<string,int[]>{[\"k\"]=new[]{1,2}}")] = CodecCase.Of<Dictionary<string, int[]?>?, DictionaryCodec<string, int[]?, Text, ArrayCodec<int, Int32Codec>>>(new Dictionary<string, int[]?> { ["k"] = [1, 2] }),
        [("Tuple<Int32, String>", "Tuple.Create(1,\"a\")")] = CodecCase.Of<Tuple<int, string>?, TupleCodec<int, string, Int32Codec, Text>>(Tuple.Create(1, "a")),
        [("ValueTuple<Int32, String, Boolean>", "(1,\"a\",true)")] = CodecCase.Of<(int, string, bool), ValueTupleCodec<int, string, bool, Int32Codec, Text, BooleanCodec>>((1, "a", true)),
        [("ValueTuple<Int32, ValueTuple<Int32, Int32>>", "(1,(2,3))")] = CodecCase.Of<(int, (int, int)), ValueTupleCodec<int, (int, int), Int32Codec, ValueTupleCodec<int, int, Int32Codec, Int32Codec>>>((1, (2, 3))),
        [("KeyValuePair<String, Int32>", "new KeyValuePair<string,int>(\"k\",7)")] = CodecCase.Of<KeyValuePair<string, int>, KeyValuePairCodec<string, int, Text, Int32Codec>>(new KeyValuePair<string, int>("k", 7)),
        [("Color", "Color.Green")] = CodecCase.Of<Color, EnumCodec<Color, int, Int32Codec>>(Color.Green),
        [("Color?", "(Color?)Color.Blue")] = CodecCase.Of<Color?, NullableCodec<Color, EnumCodec<Color, int, Int32Codec>>>(Color.Blue),
        [("Big", "Big.Max")] = CodecCase.Of<Big, EnumCodec<Big, ulong, UInt64Codec>>(Big.Max),
        [("Line", "new Line{Sku=\"A-1\",Quantity=2,Price=9.99m}")] = CodecCase.Of<Line?, LineCodec>(new Line { Sku = "A-1", Quantity = 2, Price = 9.99m }),
        [("Line", "null")] = CodecCase.Of<Line?, LineCodec>((Line?)null),
        [("Order", "new Order{Id=Guid.Parse(\"01234567-89ab-cdef-0123-456789abcdef\"),Lines=new(){new Line{Sku=\"A-1\",Quantity=2,Price=9.99m},new Line{Sku=\"B\",Quantity=1,Price=0.5m}},Note=null,Tags=new(){[\"vip\"]=\"yes\"},At=new DateTime(2026,11,22,0,0,0,DateTimeKind.Utc)}")] =
            CodecCase.Of<Order?, OrderCodec>(new Order
            {
                Id = SomeGuid,
                Lines = [new() { Sku = "A-1", Quantity = 2, Price = 9.99m }, new() { Sku = "B", Quantity = 1, Price = 0.5m }],
                Tags = new() { ["vip"] = "yes" },
                At = new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc),
            }),
        [("Gap", "new Gap{A=1,D=4}")] = CodecCase.Of<Gap?, GapCodec>(new Gap { A = 1, D = 4 }),
        [("ByName", "new ByName{First=1,Second=\"two\"}")] = CodecCase.Of<ByName?, ByNameCodec>(new ByName { First = 1, Second = "two" }),
        [("Point", "new Point(3,-4)")] = CodecCase.Of<Point, PointCodec>(new Point(3, -4)),
        [("Rec", "new Rec(7,\"seven\")")] = CodecCase.Of<Rec?, RecCodec>(new Rec(7, "seven")),
        [("Shape", "new Circle{Radius=2.5}")] = CodecCase.Of<Shape?, ShapeCodec>(new Circle { Radius = 2.5 }),
        [("Shape", "new Square{Side=3}")] = CodecCase.Of<Shape?, ShapeCodec>(new Square { Side = 3 }),
        [("Shape[]", "new Shape[]{new Circle{Radius=1},new Square{Side=2}}")] = CodecCase.Of<Shape?[]?, ArrayCodec<Shape?, ShapeCodec>>([[new Circle { Radius = 1 }, new Square { Side = 2 }]]),
    };

    public static TheoryData<string, string, string> Vectors()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "messagepack-csharp-3.1.json")));
        var vectors = new TheoryData<string, string, string>();
        foreach (JsonElement vector in file.RootElement.EnumerateArray())
        {
            vectors.Add(vector.GetProperty("type").GetString()!, vector.GetProperty("csharp").GetString()!, vector.GetProperty("hex").GetString()!);
        }

        return vectors;
    }

    [Fact]
    public void Every_vector_of_the_file_has_a_value_in_the_table_and_none_is_left_over()
    {
        HashSet<(string, string)> file = [.. Vectors().Select(v => (v.Data.Item1, v.Data.Item2))];

        Assert.Equal(105, Vectors().Count);
        Assert.Equal(file, [.. Table.Keys]);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_value_is_written_in_the_bytes_of_MessagePack_CSharp(string type, string expression, string hex)
    {
        byte[] written = Assert.Single(Table[(type, expression)].Samples);

        Assert.Equal(hex, Convert.ToHexStringLower(written));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_bytes_of_MessagePack_CSharp_are_read_back_to_the_value_whatever_the_segments(string type, string expression, string hex)
    {
        CodecCase codec = Table[(type, expression)];

        foreach (var split in Bytes.Splits(Bytes.Hex(hex)))
        {
            codec.AssertReads(0, split);
        }
    }
}
