using Microsoft.CodeAnalysis;

namespace TypedTasks.Shared;

/// <summary>The framework's types and the runtime codecs that carry them: the one table of what travels without a generated codec.</summary>
internal static class KnownCodecs
{
    public const string Namespace = "global::TypedTasks.MessagePack.";

    /// <summary>The codec of a type without type arguments, or null.</summary>
    public static string? OfSimple(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => "BooleanCodec",
        SpecialType.System_Byte => "ByteCodec",
        SpecialType.System_SByte => "SByteCodec",
        SpecialType.System_Int16 => "Int16Codec",
        SpecialType.System_UInt16 => "UInt16Codec",
        SpecialType.System_Int32 => "Int32Codec",
        SpecialType.System_UInt32 => "UInt32Codec",
        SpecialType.System_Int64 => "Int64Codec",
        SpecialType.System_UInt64 => "UInt64Codec",
        SpecialType.System_Single => "SingleCodec",
        SpecialType.System_Double => "DoubleCodec",
        SpecialType.System_Decimal => "DecimalCodec",
        SpecialType.System_Char => "CharCodec",
        SpecialType.System_String => "StringCodec",
        SpecialType.System_DateTime => "DateTimeCodec",
        _ => OfName(type, Simple),
    };

    /// <summary>The codec of a generic framework type's definition, to be closed over its arguments and their codecs in turn, or null.</summary>
    public static string? OfGeneric(INamedTypeSymbol type) => OfName(type, Generic);

    /// <summary>The codec of a sequence of bytes, which travels as binary, or null.</summary>
    public static string? OfBytes(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => "ByteArrayCodec",
        INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Byte }] } generic => OfGeneric(generic) switch
        {
            "MemoryCodec" => "ByteMemoryCodec",
            "ReadOnlyMemoryCodec" => "ByteReadOnlyMemoryCodec",
            "ArraySegmentCodec" => "ByteArraySegmentCodec",
            _ => null,
        },
        _ => null,
    };

    /// <summary>The codec of an array of this rank, to be closed over the element and its codec, or null.</summary>
    public static string? OfArrayRank(int rank) => rank switch
    {
        1 => "ArrayCodec",
        2 => "Array2Codec",
        3 => "Array3Codec",
        4 => "Array4Codec",
        _ => null,
    };

    /// <summary>The codec of an enum, closed.</summary>
    public static string OfEnum(INamedTypeSymbol type)
    {
        INamedTypeSymbol underlying = type.EnumUnderlyingType!;
        return $"{Namespace}EnumCodec<{type.FullName()}, {underlying.FullName()}, {Namespace}{OfSimple(underlying)}>";
    }

    /// <summary>Whether a closed codec is that of an enum.</summary>
    public static bool IsOfEnum(string codec) => codec.StartsWith($"{Namespace}EnumCodec<", StringComparison.Ordinal);

    /// <summary>A codec closed over type arguments, then their codecs.</summary>
    public static string Closed(string codec, IEnumerable<string> arguments, IEnumerable<string> codecs) =>
        $"{Namespace}{codec}<{string.Join(", ", arguments.Concat(codecs))}>";

    private static readonly Dictionary<string, (string Namespace, string Codec)[]> Simple = Table(
        ("System.DateOnly", "DateOnlyCodec"),
        ("System.DateTimeOffset", "DateTimeOffsetCodec"),
        ("System.Guid", "GuidCodec"),
        ("System.Half", "HalfCodec"),
        ("System.Int128", "Int128Codec"),
        ("System.Numerics.BigInteger", "BigIntegerCodec"),
        ("System.Numerics.Complex", "ComplexCodec"),
        ("System.Text.Rune", "RuneCodec"),
        ("System.TimeOnly", "TimeOnlyCodec"),
        ("System.TimeSpan", "TimeSpanCodec"),
        ("System.UInt128", "UInt128Codec"),
        ("System.Uri", "UriCodec"),
        ("System.Version", "VersionCodec"));

    private static readonly Dictionary<string, (string Namespace, string Codec)[]> Generic = Table(
        ("System.ArraySegment`1", "ArraySegmentCodec"),
        ("System.Collections.Concurrent.ConcurrentBag`1", "ConcurrentBagCodec"),
        ("System.Collections.Concurrent.ConcurrentDictionary`2", "ConcurrentDictionaryCodec"),
        ("System.Collections.Concurrent.ConcurrentQueue`1", "ConcurrentQueueCodec"),
        ("System.Collections.Concurrent.ConcurrentStack`1", "ConcurrentStackCodec"),
        ("System.Collections.Frozen.FrozenDictionary`2", "FrozenDictionaryCodec"),
        ("System.Collections.Frozen.FrozenSet`1", "FrozenSetCodec"),
        ("System.Collections.Generic.Dictionary`2", "DictionaryCodec"),
        ("System.Collections.Generic.HashSet`1", "HashSetCodec"),
        ("System.Collections.Generic.ICollection`1", "CollectionInterfaceCodec"),
        ("System.Collections.Generic.IDictionary`2", "DictionaryInterfaceCodec"),
        ("System.Collections.Generic.IEnumerable`1", "EnumerableCodec"),
        ("System.Collections.Generic.IList`1", "ListInterfaceCodec"),
        ("System.Collections.Generic.IReadOnlyCollection`1", "ReadOnlyCollectionInterfaceCodec"),
        ("System.Collections.Generic.IReadOnlyDictionary`2", "ReadOnlyDictionaryInterfaceCodec"),
        ("System.Collections.Generic.IReadOnlyList`1", "ReadOnlyListInterfaceCodec"),
        ("System.Collections.Generic.IReadOnlySet`1", "ReadOnlySetInterfaceCodec"),
        ("System.Collections.Generic.ISet`1", "SetInterfaceCodec"),
        ("System.Collections.Generic.KeyValuePair`2", "KeyValuePairCodec"),
        ("System.Collections.Generic.LinkedList`1", "LinkedListCodec"),
        ("System.Collections.Generic.List`1", "ListCodec"),
        ("System.Collections.Generic.Queue`1", "QueueCodec"),
        ("System.Collections.Generic.SortedDictionary`2", "SortedDictionaryCodec"),
        ("System.Collections.Generic.SortedList`2", "SortedListCodec"),
        ("System.Collections.Generic.SortedSet`1", "SortedSetCodec"),
        ("System.Collections.Generic.Stack`1", "StackCodec"),
        ("System.Collections.Immutable.ImmutableArray`1", "ImmutableArrayCodec"),
        ("System.Collections.Immutable.ImmutableDictionary`2", "ImmutableDictionaryCodec"),
        ("System.Collections.Immutable.ImmutableHashSet`1", "ImmutableHashSetCodec"),
        ("System.Collections.Immutable.ImmutableList`1", "ImmutableListCodec"),
        ("System.Collections.Immutable.ImmutableQueue`1", "ImmutableQueueCodec"),
        ("System.Collections.Immutable.ImmutableSortedDictionary`2", "ImmutableSortedDictionaryCodec"),
        ("System.Collections.Immutable.ImmutableSortedSet`1", "ImmutableSortedSetCodec"),
        ("System.Collections.Immutable.ImmutableStack`1", "ImmutableStackCodec"),
        ("System.Collections.ObjectModel.ObservableCollection`1", "ObservableCollectionCodec"),
        ("System.Collections.ObjectModel.ReadOnlyCollection`1", "ReadOnlyCollectionCodec"),
        ("System.Collections.ObjectModel.ReadOnlyDictionary`2", "ReadOnlyDictionaryCodec"),
        ("System.Memory`1", "MemoryCodec"),
        ("System.Nullable`1", "NullableCodec"),
        ("System.ReadOnlyMemory`1", "ReadOnlyMemoryCodec"),
        ("System.Tuple`1", "TupleCodec"),
        ("System.Tuple`2", "TupleCodec"),
        ("System.Tuple`3", "TupleCodec"),
        ("System.Tuple`4", "TupleCodec"),
        ("System.Tuple`5", "TupleCodec"),
        ("System.Tuple`6", "TupleCodec"),
        ("System.Tuple`7", "TupleCodec"),
        ("System.Tuple`8", "TupleCodec"),
        ("System.ValueTuple`1", "ValueTupleCodec"),
        ("System.ValueTuple`2", "ValueTupleCodec"),
        ("System.ValueTuple`3", "ValueTupleCodec"),
        ("System.ValueTuple`4", "ValueTupleCodec"),
        ("System.ValueTuple`5", "ValueTupleCodec"),
        ("System.ValueTuple`6", "ValueTupleCodec"),
        ("System.ValueTuple`7", "ValueTupleCodec"),
        ("System.ValueTuple`8", "ValueTupleCodec"));

    private static string? OfName(ITypeSymbol type, Dictionary<string, (string Namespace, string Codec)[]> table)
    {
        if (type.ContainingType is not null || !table.TryGetValue(type.MetadataName, out (string Namespace, string Codec)[]? candidates))
        {
            return null;
        }

        string container = type.ContainingNamespace.ToDisplayString();
        return Array.Find(candidates, candidate => candidate.Namespace == container).Codec;
    }

    private static Dictionary<string, (string Namespace, string Codec)[]> Table(params (string Type, string Codec)[] entries) => entries
        .Select(entry => (Dot: entry.Type.LastIndexOf('.'), entry.Type, entry.Codec))
        .GroupBy(entry => entry.Type.Substring(entry.Dot + 1), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(entry => (entry.Type.Substring(0, entry.Dot), entry.Codec)).ToArray(), StringComparer.Ordinal);
}
