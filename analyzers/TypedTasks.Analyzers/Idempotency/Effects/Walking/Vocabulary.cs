namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>The words by which people name what was done before, and what only looks like it.</summary>
internal static class Vocabulary
{
    private static readonly string[] Done =
    [
        "Exist", "Processed", "Handled", "Sent", "Seen", "Already", "Done", "Completed", "Duplicate", "Contains", "Paid", "Charged", "Shipped", "Delivered",
        "Applied", "Recorded", "Fulfilled", "Billed", "Invoiced", "Notified", "Refunded", "Published", "Imported", "Executed", "Finished", "Welcomed", "Credited", "Captured",
    ];

    private static readonly string[] Claims = ["Claim", "Acquire", "Reserve", "MarkAs", "MarkIf", "SetIfNot", "AddIfNot", "InsertIfNot", "BeginOnce", "StartOnce", "RegisterOnce"];

    private static readonly string[] Peeks = ["TryGet", "TryParse", "TryPeek", "TryRead", "TryDequeue", "TryTake", "TryFormat", "TryFind", "TryResolve"];

    private static readonly string[] Exclusions =
    [
        "Unsubscri", "Delet", "Cancel", "Disab", "Block", "OptOut", "OptedOut", "Archiv", "Expir", "Revoked", "Suspend", "Banned", "Invalid", "Reject", "Inactive", "Locked", "Muted", "Closed", "Draft",
    ];

    private static readonly string[] Touches =
    [
        "Update", "Modif", "Change", "Last", "Latest", "Touch", "Heartbeat", "Sync", "Refresh", "Check", "Access", "Stamp", "Version", "ETag", "Lock", "Lease", "Expir", "Cache", "Attempt", "Retr", "Trace", "Correlation",
    ];

    private static readonly string[] Reads = ["Get", "Find", "Load", "Read", "Query", "List", "Fetch", "Count", "Exists", "Any", "Is", "Has", "Can", "First", "Single", "Search", "Select", "Resolve", "ToList", "ToArray", "ToDictionary", "TryGet", "Include"];

    private static readonly string[] Traces = ["At", "On", "Utc", "Date", "Time", "Id", "Key", "Number", "Reference", "Token", "Url", "Path", "Hash", "Location", "Result"];

    private static readonly string[] Unfinished = [".tmp", ".temp", ".part", ".partial", ".download", ".incomplete"];

    private static readonly string[] Places = ["Dir", "Folder", "Path", "Root", "Storage"];

    /// <summary>A name that says "done before" when true: <c>IsProcessed</c>, <c>ExistsAsync</c>.</summary>
    public static bool IsDone(string name) => Has(Done, name) && !Has(Exclusions, name) && !name.StartsWith("Un", StringComparison.Ordinal) && !name.StartsWith("Not", StringComparison.Ordinal);

    /// <summary>A name that claims something for this attempt: <c>TryBeginAsync</c>.</summary>
    /// <remarks>A lock is none: it is free again after a crash, whatever was done under it.</remarks>
    public static bool IsClaim(string name) => !name.Contains("Lock") &&
        (Has(Claims, name) || (name.StartsWith("Try", StringComparison.Ordinal) && !Peeks.Any(peek => name.StartsWith(peek, StringComparison.Ordinal))));

    /// <summary>A name that excludes from the work rather than telling that it was done: <c>IsCancelled</c>.</summary>
    public static bool IsExclusion(string name) => Has(Exclusions, name);

    public static bool IsStateName(string name) => name.EndsWith("Status", StringComparison.Ordinal) || name.EndsWith("State", StringComparison.Ordinal) || name is "Stage" or "Phase";

    /// <summary>A call by which stores of one's own make staged changes take effect.</summary>
    public static bool IsCommit(string name) => name is
        "SaveChanges" or "SaveChangesAsync" or "Commit" or "CommitAsync" or "Save" or "SaveAsync" or "Complete" or "CompleteAsync" or "Flush" or "FlushAsync" or
        "SaveEntities" or "SaveEntitiesAsync" or "CommitTransaction" or "CommitTransactionAsync" or "Update" or "UpdateAsync" or "Upsert" or "UpsertAsync" or "Store" or "StoreAsync" or "Replace" or "ReplaceAsync" or "Put" or "PutAsync" or "Persist" or "PersistAsync";

    /// <summary>Counters of attempts and revisions, which are meant to move with every attempt.</summary>
    public static bool IsAttemptCounter(string name) =>
        name.Contains("Attempt") || name.Contains("Retry") || name.Contains("Retries") || name.Contains("Tries") || name.Contains("Version") || name.Contains("Revision");

    /// <summary>What is meant to be as new as the last write: <c>UpdatedAt</c>, <c>LastSync</c>, <c>ConcurrencyStamp</c>.</summary>
    public static bool IsTouch(string name) => Has(Touches, name);

    /// <summary>Counters that nobody's business depends on.</summary>
    public static bool IsMetric(string name) =>
        name.IndexOf("metric", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("counter", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("telemetry", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>A call that only asks: <c>GetByIdAsync</c>.</summary>
    public static bool IsRead(string name) => Reads.Any(verb => name.StartsWith(verb, StringComparison.Ordinal) && (name.Length == verb.Length || !char.IsLower(name[verb.Length])));

    /// <summary>A member whose value is left behind by the work itself, so that its absence says "not yet": <c>SentAt</c>, <c>InvoiceId</c>. A phone number that is missing says nothing.</summary>
    public static bool IsTrace(string name) => IsDone(name) || Traces.Any(end => name.EndsWith(end, StringComparison.Ordinal));

    /// <summary>A place for what is thrown away after the work: <c>TempDirectory</c>.</summary>
    public static bool IsTemporary(string name) =>
        name.StartsWith("Temp", StringComparison.Ordinal) && !name.StartsWith("Templ", StringComparison.Ordinal) ? Has(Places, name) : name.IndexOf("Scratch", StringComparison.Ordinal) >= 0;

    /// <summary>A file's name that is only used until the file is whole: <c>report.csv.tmp</c>.</summary>
    public static bool IsTemporaryName(string name) => Unfinished.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static bool Has(string[] words, string name) => words.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
