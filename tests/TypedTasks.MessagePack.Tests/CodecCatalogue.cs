using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Numerics;
using System.Text;
using Text = TypedTasks.MessagePack.NotNullCodec<string, TypedTasks.MessagePack.StringCodec>;

namespace TypedTasks.MessagePack.Tests;

/// <summary>Every public codec with values of every size of encoding. A test checks that none is forgotten.</summary>
public static class CodecCatalogue
{
    private static readonly int[] Numbers = [1, -2, 300, 70_000, int.MinValue];
    private static readonly Dictionary<string, int> Named = new() { ["a"] = 1, [""] = -1, [new string('k', 40)] = 1_000_000 };

    public static IReadOnlyList<CodecCase> All { get; } = [.. Scalars(), .. Sequences(), .. Maps(), .. Tuples(), .. Objects()];

    private static IEnumerable<CodecCase> Scalars() =>
    [
        CodecCase.Of<bool, BooleanCodec>(true, false),
        CodecCase.Of<byte, ByteCodec>(0, 127, 128, 255),
        CodecCase.Of<sbyte, SByteCodec>(-128, -33, -32, 0, 127),
        CodecCase.Of<short, Int16Codec>(short.MinValue, -129, 0, 255, short.MaxValue),
        CodecCase.Of<ushort, UInt16Codec>(0, 255, 256, ushort.MaxValue),
        CodecCase.Of<int, Int32Codec>(int.MinValue, -32769, 0, 65536, int.MaxValue),
        CodecCase.Of<uint, UInt32Codec>(0, 65536, uint.MaxValue),
        CodecCase.Of<long, Int64Codec>(long.MinValue, int.MinValue - 1L, 0, uint.MaxValue + 1L, long.MaxValue),
        CodecCase.Of<ulong, UInt64Codec>(0, uint.MaxValue, ulong.MaxValue),
        CodecCase.Of<float, SingleCodec>(0, -1.5f, float.NaN, float.NegativeInfinity),
        CodecCase.Of<double, DoubleCodec>(0, 0.1, double.NaN, double.Epsilon),
        CodecCase.Of<Half, HalfCodec>(Half.Zero, (Half)1.5, Half.NaN, Half.MaxValue),
        CodecCase.Of<char, CharCodec>('\0', 'A', '€', char.MaxValue),
        CodecCase.Of<Rune, RuneCodec>(new Rune('A'), new Rune(0x1f600)),
        CodecCase.Of<Int128, Int128Codec>(0, -1, Int128.MinValue, Int128.MaxValue),
        CodecCase.Of<UInt128, UInt128Codec>(0, 1, UInt128.MaxValue),
        CodecCase.Of<BigInteger, BigIntegerCodec>(0, -1, BigInteger.Pow(7, 99), -BigInteger.Pow(2, 3000)),
        CodecCase.Of<Complex, ComplexCodec>(new Complex(1, -2.5)),
        CodecCase.Of<decimal, DecimalCodec>(0, 12.50m, -0.001m, decimal.MinValue, 7.9228162514264337593543950335m),
        CodecCase.Of<string?, StringCodec>(null, "", "héllo €😀", new string('s', 31), new string('é', 100), new string('x', 300), new string('ß', 40_000)),
        CodecCase.Of<Uri?, UriCodec>(null, new Uri("https://example.org/a b?c=ü"), new Uri("x/y", UriKind.Relative)),
        CodecCase.Of<Version?, VersionCodec>(null, new Version(1, 2), new Version(1, 2, 3, 4)),
        CodecCase.Of<Guid, GuidCodec>(Guid.Empty, Guid.Parse("01234567-89ab-cdef-0123-456789abcdef")),
        CodecCase.Of<DateTime, DateTimeCodec>(DateTime.UnixEpoch, DateTime.MinValue, DateTime.MaxValue, new DateTime(2026, 11, 22, 7, 55, 0, 123, DateTimeKind.Utc)),
        CodecCase.Of<DateTimeOffset, DateTimeOffsetCodec>(default, DateTimeOffset.MaxValue, new DateTimeOffset(2026, 11, 22, 7, 55, 0, TimeSpan.FromHours(-9.5))),
        CodecCase.Of<TimeSpan, TimeSpanCodec>(default, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromSeconds(90)),
        CodecCase.Of<DateOnly, DateOnlyCodec>(DateOnly.MinValue, DateOnly.MaxValue),
        CodecCase.Of<TimeOnly, TimeOnlyCodec>(TimeOnly.MinValue, TimeOnly.MaxValue),
        CodecCase.Of<byte[]?, ByteArrayCodec>(null, [], [1, 2, 3], new byte[300], new byte[70_000]),
        CodecCase.OfView<Memory<byte>, ByteMemoryCodec>(m => m.ToArray(), new byte[] { 1, 2 }, Memory<byte>.Empty),
        CodecCase.OfView<ReadOnlyMemory<byte>, ByteReadOnlyMemoryCodec>(m => m.ToArray(), new byte[] { 1, 2 }, Memory<byte>.Empty),
        CodecCase.OfView<ArraySegment<byte>, ByteArraySegmentCodec>(s => s.Array is null ? null : s.ToArray(), default, new(new byte[] { 1, 2, 3 }, 1, 1)),
        CodecCase.Of<Color, EnumCodec<Color, int, Int32Codec>>(Color.Red, Color.Blue, (Color)77),
        CodecCase.Of<Big, EnumCodec<Big, ulong, UInt64Codec>>(Big.Max),
        CodecCase.Of<int?, NullableCodec<int, Int32Codec>>(null, 5),
        CodecCase.Of<string, Text>("", "a"),
    ];

    private static IEnumerable<CodecCase> Sequences() =>
    [
        CodecCase.Of<int[]?, ArrayCodec<int, Int32Codec>>(null, [], Numbers, [.. Enumerable.Range(0, 2000)]),
        CodecCase.Of<string[]?[]?, ArrayCodec<string[]?, ArrayCodec<string, Text>>>(null, [null, [], ["a", "b"]]),
        CodecCase.OfView<Memory<int>, MemoryCodec<int, Int32Codec>>(m => m.ToArray(), Numbers),
        CodecCase.OfView<ReadOnlyMemory<int>, ReadOnlyMemoryCodec<int, Int32Codec>>(m => m.ToArray(), Numbers),
        CodecCase.OfView<ArraySegment<int>, ArraySegmentCodec<int, Int32Codec>>(s => s.Array is null ? null : s.ToArray(), default, new(Numbers, 1, 2)),
        CodecCase.Of<int[,]?, Array2Codec<int, Int32Codec>>(null, new int[0, 3], new int[,] { { 1, 2, 3 }, { 4, 5, 6 } }),
        CodecCase.Of<string?[,,]?, Array3Codec<string?, StringCodec>>(null, new string?[,,] { { { "a", null }, { "b", "c" } } }),
        CodecCase.Of<byte[,,,]?, Array4Codec<byte, ByteCodec>>(null, new byte[1, 2, 1, 2] { { { { 1, 2 } }, { { 3, 200 } } } }),
        CodecCase.Of<List<int>?, ListCodec<int, Int32Codec>>(null, [], [.. Numbers], [.. Enumerable.Range(0, 2000)]),
        CodecCase.Of<LinkedList<int>?, LinkedListCodec<int, Int32Codec>>(null, new LinkedList<int>(Numbers)),
        CodecCase.Of<ObservableCollection<int>?, ObservableCollectionCodec<int, Int32Codec>>(null, [.. Numbers]),
        CodecCase.Of<ReadOnlyCollection<int>?, ReadOnlyCollectionCodec<int, Int32Codec>>(null, new ReadOnlyCollection<int>(Numbers)),
        CodecCase.Of<IEnumerable<int>?, EnumerableCodec<int, Int32Codec>>(null, Numbers, Numbers.Where(n => n != 0), new Queue<int>(Numbers)),
        CodecCase.Of<IReadOnlyCollection<int>?, ReadOnlyCollectionInterfaceCodec<int, Int32Codec>>(null, Numbers, new Queue<int>(Numbers)),
        CodecCase.Of<IReadOnlyList<int>?, ReadOnlyListInterfaceCodec<int, Int32Codec>>(null, Numbers),
        CodecCase.Of<ICollection<int>?, CollectionInterfaceCodec<int, Int32Codec>>(null, Numbers, [.. Numbers]),
        CodecCase.Of<IList<int>?, ListInterfaceCodec<int, Int32Codec>>(null, Numbers),
        CodecCase.Of<Queue<int>?, QueueCodec<int, Int32Codec>>(null, new Queue<int>(Numbers)),
        CodecCase.Of<Stack<int>?, StackCodec<int, Int32Codec>>(null, new Stack<int>(Numbers)),
        CodecCase.Of<ConcurrentQueue<int>?, ConcurrentQueueCodec<int, Int32Codec>>(null, new ConcurrentQueue<int>(Numbers)),
        CodecCase.Of<ConcurrentStack<int>?, ConcurrentStackCodec<int, Int32Codec>>(null, new ConcurrentStack<int>(Numbers)),
        CodecCase.OfView<ConcurrentBag<int>?, ConcurrentBagCodec<int, Int32Codec>>(b => b?.Order().ToArray(), null, new ConcurrentBag<int>(Numbers)),
        CodecCase.Of<HashSet<int>?, HashSetCodec<int, Int32Codec>>(null, [.. Numbers], [.. Enumerable.Range(0, 1000)]),
        CodecCase.Of<ISet<int>?, SetInterfaceCodec<int, Int32Codec>>(null, new HashSet<int>(Numbers)),
        CodecCase.Of<IReadOnlySet<string>?, ReadOnlySetInterfaceCodec<string, Text>>(null, new HashSet<string> { "a", "b" }),
        CodecCase.Of<SortedSet<int>?, SortedSetCodec<int, Int32Codec>>(null, new SortedSet<int>(Numbers)),
        CodecCase.OfView<ImmutableArray<int>, ImmutableArrayCodec<int, Int32Codec>>(a => a.IsDefault ? null : a.ToArray(), default, [], [.. Numbers]),
        CodecCase.Of<ImmutableList<int>?, ImmutableListCodec<int, Int32Codec>>(null, [.. Numbers]),
        CodecCase.Of<ImmutableQueue<int>?, ImmutableQueueCodec<int, Int32Codec>>(null, [.. Numbers]),
        CodecCase.Of<ImmutableStack<int>?, ImmutableStackCodec<int, Int32Codec>>(null, [.. Numbers]),
        CodecCase.Of<ImmutableHashSet<int>?, ImmutableHashSetCodec<int, Int32Codec>>(null, [.. Numbers], [.. Enumerable.Range(0, 300)]),
        CodecCase.Of<ImmutableSortedSet<int>?, ImmutableSortedSetCodec<int, Int32Codec>>(null, [.. Numbers]),
        CodecCase.Of<FrozenSet<int>?, FrozenSetCodec<int, Int32Codec>>(null, Numbers.ToFrozenSet(), Enumerable.Range(0, 300).ToFrozenSet()),
    ];

    private static IEnumerable<CodecCase> Maps() =>
    [
        CodecCase.Of<Dictionary<string, int>?, DictionaryCodec<string, int, Text, Int32Codec>>(null, [], Named),
        CodecCase.Of<Dictionary<long, string?>?, DictionaryCodec<long, string?, Int64Codec, StringCodec>>(Enumerable.Range(0, 500).ToDictionary(i => (long)i, i => (string?)null)),
        CodecCase.Of<IDictionary<string, int>?, DictionaryInterfaceCodec<string, int, Text, Int32Codec>>(null, Named),
        CodecCase.Of<IReadOnlyDictionary<string, int>?, ReadOnlyDictionaryInterfaceCodec<string, int, Text, Int32Codec>>(null, Named),
        CodecCase.Of<ReadOnlyDictionary<string, int>?, ReadOnlyDictionaryCodec<string, int, Text, Int32Codec>>(null, new ReadOnlyDictionary<string, int>(Named)),
        CodecCase.Of<FrozenDictionary<string, int>?, FrozenDictionaryCodec<string, int, Text, Int32Codec>>(null, Named.ToFrozenDictionary()),
        CodecCase.Of<ConcurrentDictionary<string, int>?, ConcurrentDictionaryCodec<string, int, Text, Int32Codec>>(null, new ConcurrentDictionary<string, int>(Named)),
        CodecCase.Of<SortedDictionary<string, int>?, SortedDictionaryCodec<string, int, Text, Int32Codec>>(null, new SortedDictionary<string, int>(Named)),
        CodecCase.Of<SortedList<string, int>?, SortedListCodec<string, int, Text, Int32Codec>>(null, new SortedList<string, int>(Named)),
        CodecCase.Of<ImmutableDictionary<string, int>?, ImmutableDictionaryCodec<string, int, Text, Int32Codec>>(null, Named.ToImmutableDictionary()),
        CodecCase.Of<ImmutableSortedDictionary<string, int>?, ImmutableSortedDictionaryCodec<string, int, Text, Int32Codec>>(null, Named.ToImmutableSortedDictionary()),
        CodecCase.Of<KeyValuePair<string, int>, KeyValuePairCodec<string, int, Text, Int32Codec>>(new KeyValuePair<string, int>("k", 7)),
    ];

    private static IEnumerable<CodecCase> Tuples() =>
    [
        CodecCase.Of<ValueTuple<int>, ValueTupleCodec<int, Int32Codec>>(new ValueTuple<int>(1)),
        CodecCase.Of<(int, string), ValueTupleCodec<int, string, Int32Codec, Text>>((1, "a")),
        CodecCase.Of<(int, string, bool), ValueTupleCodec<int, string, bool, Int32Codec, Text, BooleanCodec>>((1, "a", true)),
        CodecCase.Of<(int, int, int, int), ValueTupleCodec<int, int, int, int, Int32Codec, Int32Codec, Int32Codec, Int32Codec>>((1, 2, 3, 4)),
        CodecCase.Of<(int, int, int, int, int), ValueTupleCodec<int, int, int, int, int, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec>>((1, 2, 3, 4, 5)),
        CodecCase.Of<(int, int, int, int, int, int), ValueTupleCodec<int, int, int, int, int, int, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec>>((1, 2, 3, 4, 5, 6)),
        CodecCase.Of<(int, int, int, int, int, int, int), ValueTupleCodec<int, int, int, int, int, int, int, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec>>((1, 2, 3, 4, 5, 6, 7)),
        CodecCase.Of<(int, int, int, int, int, int, int, string, bool), ValueTupleCodec<int, int, int, int, int, int, int, (string, bool), Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, ValueTupleCodec<string, bool, Text, BooleanCodec>>>((1, 2, 3, 4, 5, 6, 7, "h", true)),
        CodecCase.Of<Tuple<int>?, TupleCodec<int, Int32Codec>>(null, Tuple.Create(1)),
        CodecCase.Of<Tuple<int, string>?, TupleCodec<int, string, Int32Codec, Text>>(null, Tuple.Create(1, "a")),
        CodecCase.Of<Tuple<int, int, int>?, TupleCodec<int, int, int, Int32Codec, Int32Codec, Int32Codec>>(null, Tuple.Create(1, 2, 3)),
        CodecCase.Of<Tuple<int, int, int, int>?, TupleCodec<int, int, int, int, Int32Codec, Int32Codec, Int32Codec, Int32Codec>>(null, Tuple.Create(1, 2, 3, 4)),
        CodecCase.Of<Tuple<int, int, int, int, int>?, TupleCodec<int, int, int, int, int, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec>>(null, Tuple.Create(1, 2, 3, 4, 5)),
        CodecCase.Of<Tuple<int, int, int, int, int, int>?, TupleCodec<int, int, int, int, int, int, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec>>(null, Tuple.Create(1, 2, 3, 4, 5, 6)),
        CodecCase.Of<Tuple<int, int, int, int, int, int, int>?, TupleCodec<int, int, int, int, int, int, int, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec>>(null, Tuple.Create(1, 2, 3, 4, 5, 6, 7)),
        CodecCase.Of<Tuple<int, int, int, int, int, int, int, Tuple<string>>?, TupleCodec<int, int, int, int, int, int, int, Tuple<string>, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, Int32Codec, NotNullCodec<Tuple<string>, TupleCodec<string, Text>>>>(null, Tuple.Create(1, 2, 3, 4, 5, 6, 7, "h")),
    ];

    private static IEnumerable<CodecCase> Objects() =>
    [
        CodecCase.Of<Order?, OrderCodec>(null, SampleOrder(10)),
        CodecCase.Of<Gap?, GapCodec>(null, new Gap { A = 1, D = 4 }),
        CodecCase.Of<ByName?, ByNameCodec>(null, new ByName { First = 1, Second = "two" }),
        CodecCase.Of<Rec?, RecCodec>(null, new Rec(7, "seven")),
        CodecCase.Of<Point, PointCodec>(new Point(3, -4)),
        CodecCase.Of<Shape?, ShapeCodec>(null, new Circle { Radius = 2.5 }, new Square { Side = 3 }),
        CodecCase.Of<Node?, NodeCodec>(null, new Node(1) { Next = new Node(2) { Next = new Node(3) } }),
        CodecCase.Of<Call, CallCodec>(SampleCall),
    ];

    public static Call SampleCall => new(Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"), 129.90m, "Ada Lovelace");

    public static Order SampleOrder(int lines) => new()
    {
        Id = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"),
        Lines = [.. Enumerable.Range(1, lines).Select(i => new Line { Sku = $"SKU-{i}", Quantity = i, Price = i * 9.99m })],
        Note = "ring twice",
        Tags = new() { ["vip"] = "yes", ["channel"] = "web" },
        At = new DateTime(2026, 11, 22, 7, 55, 0, 123, DateTimeKind.Utc),
    };
}
