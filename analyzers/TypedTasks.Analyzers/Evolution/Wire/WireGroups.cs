namespace TypedTasks.Analyzers.Evolution;

/// <summary>Which scalars read every value that was written as another, with the same meaning: a table, which a test holds against the codecs.</summary>
internal static class WireGroups
{
    private static readonly Dictionary<string, string[]> Readers = new(StringComparer.Ordinal)
    {
        ["int8"] = ["int16", "int32", "int64", "float16", "float32", "float64"],
        ["int16"] = ["int32", "int64", "float32", "float64"],
        ["int32"] = ["int64", "float64"],
        ["uint8"] = ["int16", "uint16", "int32", "uint32", "int64", "uint64", "float16", "float32", "float64"],
        ["uint16"] = ["int32", "uint32", "int64", "uint64", "float32", "float64"],
        ["uint32"] = ["int64", "uint64", "float64"],
        ["float16"] = ["float32", "float64"],
        ["float32"] = ["float64"],
        ["int128"] = ["bigint"],

        // All text, and any text of these is an address, if a relative one.
        ["guid"] = ["string", "uri"],
        ["decimal"] = ["string", "uri"],
        ["uri"] = ["string"],
        ["version"] = ["string", "uri"],
    };

    /// <summary>Every pair of the table.</summary>
    public static IEnumerable<(string Written, string Read)> All => Readers.SelectMany(pair => pair.Value.Select(read => (pair.Key, read)));

    /// <summary>Whether all that was written as one scalar is read by the other.</summary>
    public static bool Reads(string written, string read) =>
        written == read || (Readers.TryGetValue(written, out string[]? readers) && Array.IndexOf(readers, read) >= 0);
}
