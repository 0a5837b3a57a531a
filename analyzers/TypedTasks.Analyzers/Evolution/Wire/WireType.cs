using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>
/// A type as it is on the wire: <c>int32</c>, <c>list&lt;string&gt;</c>, <c>map&lt;string,order?&gt;</c>. Types of .NET that have the same bytes are one type here, and a user's
/// type is a name that stands for what is listed of it, so that renaming a class changes nothing.
/// </summary>
/// <param name="Name">A scalar's or a composite's name; of a user's type the label in the baseline, or the identity in the code.</param>
/// <param name="Arguments">What a composite is made of.</param>
/// <param name="IsNullable">Whether nil may stand for it.</param>
/// <param name="IsUser">Whether the name is that of a user's type.</param>
internal sealed record WireType(string Name, EquatableArray<WireType> Arguments, bool IsNullable, bool IsUser)
{
    /// <summary>The name of a list's type.</summary>
    public const string List = "list";

    /// <summary>The name of a map's type.</summary>
    public const string Map = "map";

    /// <summary>The name of a tuple's type.</summary>
    public const string Tuple = "tuple";

    private const int MaxDepth = 32;

    private static readonly HashSet<string> Scalars = new(StringComparer.Ordinal)
    {
        "bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "int128", "uint128", "bigint", "float16", "float32", "float64", "complex", "decimal",
        "char", "rune", "string", "bytes", "guid", "uri", "version", "datetime", "datetimeoffset", "date", "time", "timespan",
    };

    private static readonly Dictionary<string, int> Composites = new(StringComparer.Ordinal)
    {
        [List] = 1,
        [Map] = 2,
        [Tuple] = -1,
        ["array2"] = 1,
        ["array3"] = 1,
        ["array4"] = 1,
    };

    /// <summary>Whether a name is a scalar's or a composite's, which no label may be.</summary>
    public static bool IsReserved(string name) => Scalars.Contains(name) || Composites.ContainsKey(name);

    /// <summary>Whether a name is a scalar's.</summary>
    public static bool IsScalar(string name) => Scalars.Contains(name);

    public static WireType Of(string name, params WireType[] arguments) => new(name, arguments.ToEquatableArray(), false, false);

    public static WireType User(string name) => new(name, default, false, true);

    /// <summary>Reads a type; null where it is none.</summary>
    public static WireType? Parse(string text)
    {
        int position = 0;
        return Parse(text, ref position, MaxDepth) is { } type && position == text.Length ? type : null;
    }

    /// <summary>The same type with other names for the users' types in it.</summary>
    public WireType WithLabels(Func<string, string> label) =>
        IsUser ? this with { Name = label(Name) } : this with { Arguments = Arguments.Select(argument => argument.WithLabels(label)).ToEquatableArray() };

    /// <summary>The users' types in it, itself included.</summary>
    public IEnumerable<string> Users() => IsUser ? [Name] : Arguments.SelectMany(argument => argument.Users());

    public override string ToString() =>
        $"{Name}{(Arguments.Count == 0 ? "" : $"<{string.Join(",", Arguments)}>")}{(IsNullable ? "?" : "")}";

    private static WireType? Parse(string text, ref int position, int depth)
    {
        int start = position;
        while (position < text.Length && IsNameCharacter(text[position]))
        {
            position++;
        }

        string name = text.Substring(start, position - start);
        if (name.Length == 0 || depth == 0)
        {
            return null;
        }

        List<WireType> arguments = [];
        if (position < text.Length && text[position] == '<')
        {
            do
            {
                position++;
                if (Parse(text, ref position, depth - 1) is not { } argument)
                {
                    return null;
                }

                arguments.Add(argument);
            }
            while (position < text.Length && text[position] == ',');

            if (position == text.Length || text[position++] != '>')
            {
                return null;
            }
        }

        bool isNullable = position < text.Length && text[position] == '?';
        position += isNullable ? 1 : 0;
        bool isComposite = Composites.TryGetValue(name, out int arity);
        bool isWhole = isComposite ? arguments.Count == arity || (arity < 0 && arguments.Count > 0) : arguments.Count == 0;
        return isWhole ? new WireType(name, arguments.ToEquatableArray(), isNullable, !isComposite && !Scalars.Contains(name)) : null;
    }

    /// <summary>Whether a label may have this character.</summary>
    public static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.';
}
