using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <content>TT6xx: what old and new versions say to each other, by the project's TaskContracts.txt. The messages are whole: each place says its own.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor NotInBaseline = WireCompat(
        RuleIds.NotInBaseline,
        DiagnosticSeverity.Info,
        "Not in the baseline",
        "A task, an argument, a member or a value that TaskContracts.txt does not list, or a compatible change of one. What is not listed is not compared.");

    public static readonly DiagnosticDescriptor TaskRemoved = WireCompat(
        RuleIds.TaskRemoved,
        DiagnosticSeverity.Warning,
        "Task removed",
        "A task that is waiting, delayed or retried when its method goes has no handler any more, and becomes a dead letter.");

    public static readonly DiagnosticDescriptor RouteChanged = WireCompat(
        RuleIds.RouteChanged,
        DiagnosticSeverity.Error,
        "Route changed",
        "Workers take the queues that their contract names. What waits on one that no task of the contract names any more is not taken.");

    public static readonly DiagnosticDescriptor PlaceChanged = WireCompat(
        RuleIds.PlaceChanged,
        DiagnosticSeverity.Error,
        "Argument or member removed or moved",
        "Arguments travel by number, members by number or name. Who has the other version puts a value where another is read.");

    public static readonly DiagnosticDescriptor TypeChanged = WireCompat(
        RuleIds.TypeChanged,
        DiagnosticSeverity.Error,
        "Type changed incompatibly",
        "What was sent as the old type cannot be read as the new one: the task becomes a dead letter.");

    public static readonly DiagnosticDescriptor RequiredAdded = WireCompat(
        RuleIds.RequiredAdded,
        DiagnosticSeverity.Error,
        "Required argument or member added",
        "A task that was enqueued before has no value for it: it cannot be read, or gets a zero that nobody sent.");

    public static readonly DiagnosticDescriptor RetiredReused = WireCompat(
        RuleIds.RetiredReused,
        DiagnosticSeverity.Error,
        "Retired place reused",
        "A name or number that had another meaning: what was sent with the old one is read as the new one.");

    public static readonly DiagnosticDescriptor ResultChanged = WireCompat(
        RuleIds.ResultChanged,
        DiagnosticSeverity.Error,
        "Result type changed",
        "Outcomes are kept, and clients wait for them: who has the other version cannot read the result.");

    public static readonly DiagnosticDescriptor EnumChanged = WireCompat(
        RuleIds.EnumChanged,
        DiagnosticSeverity.Error,
        "Enum value removed or renumbered",
        "An enum travels as its number. A number that means something else now is read without complaint.");

    public static readonly DiagnosticDescriptor UnionTagChanged = WireCompat(
        RuleIds.UnionTagChanged,
        DiagnosticSeverity.Error,
        "Union tag changed",
        "A union travels as its case's number and the value. Under another number it is read as another type.");

    public static readonly DiagnosticDescriptor IdempotencyWeakened = WireCompat(
        RuleIds.IdempotencyWeakened,
        DiagnosticSeverity.Warning,
        "Idempotency weakened",
        "Producers rely on what a task promises of being delivered twice, and duplicates that are under way were made under the old promise.");

    public static readonly DiagnosticDescriptor DeliveryChanged = WireCompat(
        RuleIds.DeliveryChanged,
        DiagnosticSeverity.Info,
        "Delivery policy changed",
        "Attempts, limits, queues and promises are part of what others know of a task. The change is compatible; the baseline should say it.");

    public static readonly DiagnosticDescriptor BaselineUnreadable = WireCompat(
        RuleIds.BaselineUnreadable,
        DiagnosticSeverity.Warning,
        "Baseline unreadable",
        "A line of TaskContracts.txt that says nothing guards nothing. After an unfinished merge nothing of the file is relied on.");

    public static readonly DiagnosticDescriptor Renamed = WireCompat(
        RuleIds.Renamed,
        DiagnosticSeverity.Warning,
        "Renamed in its place",
        "What travels by number may be renamed freely. But a new name is also how a new meaning looks, and old tasks carry the old one.");

    private static DiagnosticDescriptor WireCompat(string id, DiagnosticSeverity severity, string title, string description) =>
        Create(id, Categories.WireCompat, severity, title, "{0}", description);
}
