namespace TypedTasks.Chaos.Ledgers;

/// <summary>What a process left behind.</summary>
/// <param name="Records">Its records, in order.</param>
/// <param name="IsTorn">Whether the last one is only half there: its writer was killed in the middle, and it counts as not written.</param>
/// <param name="Damaged">Records that are not readable in any other place; there must be none.</param>
internal sealed record LedgerFile(IReadOnlyList<LedgerRecord> Records, bool IsTorn, int Damaged)
{
    /// <summary>All ledgers of a run.</summary>
    public static IReadOnlyList<LedgerFile> ReadAll(string folder) => [.. Directory.EnumerateFiles(folder, "*.ledger").Order(StringComparer.Ordinal).Select(path => Read(File.ReadAllBytes(path)))];

    public static LedgerFile Read(ReadOnlySpan<byte> bytes)
    {
        var records = new List<LedgerRecord>(bytes.Length / LedgerRecord.Size);
        bool isTorn = bytes.Length % LedgerRecord.Size != 0;
        int damaged = 0;
        for (; bytes.Length >= LedgerRecord.Size; bytes = bytes[LedgerRecord.Size..])
        {
            if (LedgerRecord.TryRead(bytes, out LedgerRecord record))
            {
                records.Add(record);
            }
            else if (bytes.Length == LedgerRecord.Size)
            {
                isTorn = true;
            }
            else
            {
                damaged++;
            }
        }

        return new LedgerFile(records, isTorn, damaged);
    }
}
