using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>
/// Says what a type is on the wire by the codec that carries it: the reading that the generator made, and so what is really written. A closed codec names its type
/// arguments, then their codecs.
/// </summary>
internal sealed class WireTypeReader(IReadOnlyDictionary<string, PayloadModel> payloads)
{
    private static readonly Dictionary<string, string> Scalars = new(StringComparer.Ordinal)
    {
        ["BooleanCodec"] = "bool",
        ["SByteCodec"] = "int8",
        ["ByteCodec"] = "uint8",
        ["Int16Codec"] = "int16",
        ["UInt16Codec"] = "uint16",
        ["Int32Codec"] = "int32",
        ["UInt32Codec"] = "uint32",
        ["Int64Codec"] = "int64",
        ["UInt64Codec"] = "uint64",
        ["Int128Codec"] = "int128",
        ["UInt128Codec"] = "uint128",
        ["BigIntegerCodec"] = "bigint",
        ["HalfCodec"] = "float16",
        ["SingleCodec"] = "float32",
        ["DoubleCodec"] = "float64",
        ["ComplexCodec"] = "complex",
        ["DecimalCodec"] = "decimal",
        ["CharCodec"] = "char",
        ["RuneCodec"] = "rune",
        ["StringCodec"] = "string",
        ["ByteArrayCodec"] = "bytes",
        ["ByteMemoryCodec"] = "bytes",
        ["ByteReadOnlyMemoryCodec"] = "bytes",
        ["ByteArraySegmentCodec"] = "bytes",
        ["GuidCodec"] = "guid",
        ["UriCodec"] = "uri",
        ["VersionCodec"] = "version",
        ["DateTimeCodec"] = "datetime",
        ["DateTimeOffsetCodec"] = "datetimeoffset",
        ["DateOnlyCodec"] = "date",
        ["TimeOnlyCodec"] = "time",
        ["TimeSpanCodec"] = "timespan",
    };

    /// <summary>What a payload is on the wire.</summary>
    public WireType Read(PayloadRef payload) => Read(payload.Type.Name, payload.Codec);

    /// <summary>How an enum is called among the users' types.</summary>
    public static string EnumIdentity(string fullName) => $"enum {fullName}";

    /// <summary>The scalar that a framework's integer type is.</summary>
    public static string ScalarOf(string codec) => Scalars.TryGetValue(codec, out string? scalar) ? scalar : codec;

    private WireType Read(string type, string codec) => ReadBare(type, codec) is var read && type.EndsWith("?", StringComparison.Ordinal) ? read with { IsNullable = true } : read;

    private WireType ReadBare(string type, string codec)
    {
        if (!codec.StartsWith(KnownCodecs.Namespace, StringComparison.Ordinal))
        {
            return payloads.TryGetValue(codec, out PayloadModel? model) && model is SequencePayload sequence
                ? WireType.Of(WireType.List, Read(sequence.Element))
                : WireType.User(codec);
        }

        int bracket = codec.IndexOf('<');
        string name = codec.Substring(KnownCodecs.Namespace.Length, (bracket < 0 ? codec.Length : bracket) - KnownCodecs.Namespace.Length);
        if (bracket < 0)
        {
            return WireType.Of(ScalarOf(name));
        }

        List<string> parts = SplitArguments(codec.Substring(bracket + 1, codec.Length - bracket - 2));
        if (KnownCodecs.IsOfEnum(codec))
        {
            return WireType.User(EnumIdentity(parts[0]));
        }

        int count = parts.Count / 2;
        if (name is "NullableCodec" or "NotNullCodec")
        {
            return Read(parts[0], parts[1]) with { IsNullable = name == "NullableCodec" };
        }

        return WireType.Of(Composite(name, count), [.. Enumerable.Range(0, count).Select(i => Read(parts[i], parts[count + i]))]);
    }

    private static string Composite(string codec, int count) => codec switch
    {
        "Array2Codec" => "array2",
        "Array3Codec" => "array3",
        "Array4Codec" => "array4",
        "KeyValuePairCodec" or "TupleCodec" or "ValueTupleCodec" => WireType.Tuple,
        _ => count == 2 ? WireType.Map : WireType.List,
    };

    /// <summary>Splits at the commas that are in no bracket.</summary>
    private static List<string> SplitArguments(string text)
    {
        List<string> parts = [];
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] is '<' or '(' or '[' ? 1 : text[i] is '>' or ')' or ']' ? -1 : 0;
            if (text[i] == ',' && depth == 0)
            {
                parts.Add(text.Substring(start, i - start).Trim());
                start = i + 1;
            }
        }

        parts.Add(text.Substring(start).Trim());
        return parts;
    }
}
