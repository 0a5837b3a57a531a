namespace TypedTasks.Analyzers.Evolution;

/// <summary>What a block of a baseline describes.</summary>
internal enum BlockKind
{
    Task,

    /// <summary>A type that travels as an array of its members by number.</summary>
    Array,

    /// <summary>A type that travels as a map of its members by name.</summary>
    Map,

    Enum,

    Union,
}

/// <summary>A header and the entries under it.</summary>
/// <param name="Kind">What it describes.</param>
/// <param name="Name">The task's name on the wire, or the type's label.</param>
/// <param name="Scalar">An enum's integer; empty for others.</param>
/// <param name="Line">The header's line, from 0.</param>
/// <param name="IsRetired">Whether it is a tombstone.</param>
internal sealed record BaselineBlock(BlockKind Kind, string Name, string Scalar, int Line, bool IsRetired)
{
    /// <summary>The numbered or named places, retired ones included, in the order of their lines.</summary>
    public List<BaselineEntry> Places { get; } = [];

    /// <summary>What else is said of a task, by its first word: <c>queue</c>, <c>result</c> …</summary>
    public Dictionary<string, BaselineEntry> Facts { get; } = new(StringComparer.Ordinal);

    /// <summary>How an edit finds the block: <c>task jobs.run</c>.</summary>
    public string Address => AddressOf(Kind, Name);

    public static string AddressOf(BlockKind kind, string name) => $"{BaselineText.Keyword(kind)} {name}";

    /// <summary>The entry's place, or what it is about; an enum's values are known by name, because two names may have one number.</summary>
    public string IdOf(BaselineEntry entry) => Kind == BlockKind.Enum ? entry.Name : entry.Key;
}

/// <summary>A line under a header.</summary>
/// <param name="Line">Its line, from 0.</param>
/// <param name="Key">The number or the map's name; the first word of a task's other lines.</param>
/// <param name="Name">What is there: the argument, member or value; a union's case by its type's label; the rest of a task's other lines.</param>
/// <param name="Type">Its type, or null where none belongs there.</param>
/// <param name="IsRetired">Whether it is a tombstone.</param>
internal sealed record BaselineEntry(int Line, string Key, string Name, WireType? Type, bool IsRetired);
