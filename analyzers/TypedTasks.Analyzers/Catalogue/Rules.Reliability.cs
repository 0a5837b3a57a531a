using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <content>TT5xx: time limits, retries, and what outlives an attempt.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor RetryOfPermanentError = Create(
        RuleIds.RetryOfPermanentError,
        Categories.Reliability,
        DiagnosticSeverity.Warning,
        "Retry of a permanent error",
        "'{0}' is thrown for what another attempt cannot mend; take it out of RetryOn, so that the task becomes a dead letter at once",
        "An argument that is wrong stays wrong. Each retry of it costs a worker's time and delays the alarm.");

    public static readonly DiagnosticDescriptor UnboundedRetry = Create(
        RuleIds.UnboundedRetry,
        Categories.Reliability,
        DiagnosticSeverity.Warning,
        "Unbounded or immediate retry",
        "{0}",
        "A task that fails is tried again with growing delays, and not for ever. Without delay a failing dependency is hammered; without bound a poisonous task never ends.");

    public static readonly DiagnosticDescriptor TokenNotObserved = Create(
        RuleIds.TokenNotObserved,
        Categories.Reliability,
        DiagnosticSeverity.Info,
        "Token not observed",
        "'{0}' of the handler's method '{1}' is never used: at the time limit, at shutdown and on cancellation the handler goes on; pass it to what is awaited",
        "The token is how a handler hears that its attempt must end. One that does not listen is given up after a grace period, and goes on beside the attempt that follows.");

    public static readonly DiagnosticDescriptor SyncOverAsync = Create(
        RuleIds.SyncOverAsync,
        Categories.Reliability,
        DiagnosticSeverity.Warning,
        "Sync over async",
        "{0} blocks a thread of the pool until the task is done; await it, or run the handler with Execution = Dedicated",
        "Handlers share the thread pool with everything else of the process, the renewal of their own leases included. Blocked threads are how leases are lost under load.");

    public static readonly DiagnosticDescriptor BlockingSleep = Create(
        RuleIds.BlockingSleep,
        Categories.Reliability,
        DiagnosticSeverity.Warning,
        "Blocking sleep",
        "Thread.Sleep holds a thread of the pool for nothing; await Task.Delay with the handler's token, or throw TaskContext.Snooze",
        "A sleeping thread is one that no other handler can use. A pause that belongs to the task is the queue's to keep.");

    public static readonly DiagnosticDescriptor ShutdownAsFailure = Create(
        RuleIds.ShutdownAsFailure,
        Categories.Reliability,
        DiagnosticSeverity.Info,
        "Shutdown reported as failure",
        "The stop of the worker is caught here with the rest, and thrown as a failure of '{0}': it costs an attempt; let OperationCanceledException pass, by 'when (e is not OperationCanceledException)'",
        "A handler that ends with OperationCanceledException at a shutdown gives its task back at once, without an attempt. With any other exception it has failed.");

    public static readonly DiagnosticDescriptor NestedRetry = Create(
        RuleIds.NestedRetry,
        Categories.Reliability,
        DiagnosticSeverity.Info,
        "Nested retries multiply",
        "The {0} tries again what the task '{1}' tries again, too: while a service is down, each attempt asks it many times and holds its place in the worker; let the task's back-off do it",
        "Retries within retries multiply, just when what they ask has the least to give.");

    public static readonly DiagnosticDescriptor MutableSingleton = Create(
        RuleIds.MutableSingleton,
        Categories.Reliability,
        DiagnosticSeverity.Warning,
        "Mutable singleton handler",
        "'{0}' is changed by the tasks of '{1}', which is registered as a singleton: tasks that run at once share it; keep it in a local, or register the handler as scoped",
        "A singleton handler runs all tasks of its contract on one object, several at a time.");

    public static readonly DiagnosticDescriptor HandlerWaits = Create(
        RuleIds.HandlerWaits,
        Categories.Reliability,
        DiagnosticSeverity.Warning,
        "Handler waits for another task",
        "The handler '{0}' waits for another task {1}; make what follows a step of its own: Canvas.Chain(…).Then(…)",
        "A handler that waits for a task holds its place in the worker. When all places are held by handlers that wait, what they wait for cannot run.");
}
