using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <content>TT4xx: what happens when a task is delivered twice.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor KeyIgnoresParameters = Create(
        RuleIds.KeyIgnoresParameters,
        Categories.Idempotency,
        DiagnosticSeverity.Error,
        "Key ignores parameters",
        "The key \"{0}\" names no parameter, so that every call of '{1}' would be the same one; name what tells them apart: \"{{{2}}}\"",
        "A keyed task completes once per key. Under a constant key only the first call of all runs.");

    public static readonly DiagnosticDescriptor KeyTypeUnfit = Create(
        RuleIds.KeyTypeUnfit,
        Categories.Idempotency,
        DiagnosticSeverity.Error,
        "Key type unfit",
        "{0} cannot be part of a key: its text is not the same everywhere",
        "A key is compared as text. Its parts are values with one invariant text: numbers, strings, Guid, enums, bool, dates.");

    public static readonly DiagnosticDescriptor FreshKey = Create(
        RuleIds.FreshKey,
        Categories.Idempotency,
        DiagnosticSeverity.Info,
        "Fresh key for every enqueueing",
        "The key '{0}' of '{1}' is new at every call ({2}), so that it never recognises a repetition; make it once, beside what it is for, and pass it on",
        "A keyed task completes once per key. Who tries again with another key has asked for another task.");

    public static readonly DiagnosticDescriptor ContradictoryDeclaration = Create(
        RuleIds.ContradictoryDeclaration,
        Categories.Idempotency,
        DiagnosticSeverity.Error,
        "Contradictory declaration",
        "{0}",
        "At most once and repeatable are opposite promises: the worker can keep only one of them.");

    public static readonly DiagnosticDescriptor KeyVolatile = Create(
        RuleIds.KeyVolatile,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Key includes a volatile parameter",
        "The key includes '{0}', which is another one each time the same work is enqueued; leave it out",
        "A key recognises work that comes twice. What changes with every call makes each call new.");

    public static readonly DiagnosticDescriptor KeyAmbiguous = Create(
        RuleIds.KeyAmbiguous,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Ambiguous key concatenation",
        "Nothing stands between '{0}' and '{1}' in the key, so that different values make one key (1 and 23, 12 and 3); separate them",
        "The parts of a key are written one behind the other. Without a separator two calls can have one key, and the second is taken for the first.");

    public static readonly DiagnosticDescriptor WindowTooShort = Create(
        RuleIds.WindowTooShort,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Dedupe horizon too short",
        "The key is remembered for {0}, but the task's retries can take {1}; a duplicate that is retried longer than that runs again; raise Window",
        "The window must outlast the longest that a duplicate can be on its way: every attempt and every delay between them.");
}
