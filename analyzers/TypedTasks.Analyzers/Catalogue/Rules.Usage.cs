using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <content>TT7xx: how clients are used.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor EnqueueNotAwaited = Create(
        RuleIds.EnqueueNotAwaited,
        Categories.Usage,
        DiagnosticSeverity.Warning,
        "Enqueue not awaited",
        "Nobody waits for '{0}': whether the task was accepted, or lost, is never known; await it",
        "EnqueueAsync returns when the engine has accepted the task, and throws when it has not. Dropped, it does neither in time.");

    public static readonly DiagnosticDescriptor ResultNotKept = Create(
        RuleIds.ResultNotKept,
        Categories.Usage,
        DiagnosticSeverity.Error,
        "Result of a task that keeps none",
        "'{0}' is declared with KeepOutcome = \"none\": nobody can wait for it, and this throws; keep the outcome, or do not wait",
        "Where no outcome is kept there is nothing to wait for.");

    public static readonly DiagnosticDescriptor EnqueueInTransaction = Create(
        RuleIds.EnqueueInTransaction,
        Categories.Usage,
        DiagnosticSeverity.Warning,
        "Enqueue inside open transaction",
        "'{0}' enqueues before '{1}' is committed: the task may run before its data is visible, and runs even if the transaction is rolled back; enqueue after the commit",
        "The engine and the database do not commit together. What is enqueued first cannot be taken back.");

    public static readonly DiagnosticDescriptor UnsavedIdentity = Create(
        RuleIds.UnsavedIdentity,
        Categories.Usage,
        DiagnosticSeverity.Warning,
        "Enqueue of unsaved identity",
        "'{0}' is given by the database, and is not saved yet: the task gets a number that means nothing; save first",
        "Entity Framework fills a generated key in when the changes are saved. Until then it is zero, or a placeholder.");

    public static readonly DiagnosticDescriptor EnqueueInLoop = Create(
        RuleIds.EnqueueInLoop,
        Categories.Usage,
        DiagnosticSeverity.Info,
        "Enqueue in a loop",
        "The loop waits for each '{0}' before the next; enqueue all at once {1}",
        "One by one each task costs a round trip to the engine. EnqueueManyAsync pipelines them, and a group of chains begins together.");

    public static readonly DiagnosticDescriptor HandlerCalledDirectly = Create(
        RuleIds.HandlerCalledDirectly,
        Categories.Usage,
        DiagnosticSeverity.Info,
        "Handler called directly",
        "'{0}.{1}' is called like any method: no retries, no time limit, no idempotency key; enqueue it by the contract's client",
        "What a contract promises of a task the worker keeps. A direct call gets none of it.");

    public static readonly DiagnosticDescriptor LocalClock = Create(
        RuleIds.LocalClock,
        Categories.Usage,
        DiagnosticSeverity.Warning,
        "Local clock in a schedule",
        "{0}: in another zone it is another moment, and across a change to or from summer time an hour off; use a TimeProvider or UtcNow",
        "The engine keeps moments in UTC, for producers and workers in any zone.");
}
