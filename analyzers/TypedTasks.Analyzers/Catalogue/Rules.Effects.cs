using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <content>TT4xx, TT5xx and TT9xx: what the reading of handlers' bodies says.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor SemanticsUndeclared = Create(
        RuleIds.SemanticsUndeclared,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Redelivery semantics undeclared",
        "'{0}' says nothing of a second delivery, and its handler does what must not be done twice: {1}; declare [Idempotent], [Idempotent(Key = …)] or [AtMostOnce]",
        "A task is delivered at least once: after a crash, a lost lease or a failed settlement its handler runs again. Say in the contract what then holds.");

    public static readonly DiagnosticDescriptor CouldBeIdempotent = Create(
        RuleIds.CouldBeIdempotent,
        Categories.Idempotency,
        DiagnosticSeverity.Info,
        "Could be declared idempotent",
        "'{0}' could be declared [Idempotent]: its handler does nothing that would show if it ran twice",
        "The whole handler was read. Declared, the claim is checked from then on, whatever the handler becomes.");

    public static readonly DiagnosticDescriptor UnsafeHttp = Create(
        RuleIds.UnsafeHttp,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Unsafe HTTP call in idempotent handler",
        "{0} asks again at every delivery; send an Idempotency-Key that is the same in every attempt, or wrap the call in OnceAsync{1}",
        "POST and PATCH are not repeatable (RFC 9110). The task is declared idempotent, and may run twice.");

    public static readonly DiagnosticDescriptor UnsafeInsert = Create(
        RuleIds.UnsafeInsert,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Insert or append in a database",
        "{0} adds once more at every delivery; give the row a key made of the task's arguments, or wrap the call in OnceAsync{1}",
        "The database or the framework makes the key, so that a second run adds a second row. The task is declared idempotent, and may run twice.");

    public static readonly DiagnosticDescriptor ReadModifyWrite = Create(
        RuleIds.ReadModifyWrite,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Read-modify-write",
        "{0} changes the value that is there, at every delivery once more; write a value made of the task's arguments, or make the write conditional{1}",
        "A second run starts from what the first has written. The task is declared idempotent, and may run twice.");

    public static readonly DiagnosticDescriptor UnsafeAppend = Create(
        RuleIds.UnsafeAppend,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "File or blob append",
        "{0} appends once more at every delivery; write the whole file, or wrap the call in OnceAsync{1}",
        "A second run appends the same again. The task is declared idempotent, and may run twice.");

    public static readonly DiagnosticDescriptor UnsafeNotification = Create(
        RuleIds.UnsafeNotification,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Message to a human",
        "{0} reaches somebody once more at every delivery; wrap the call in OnceAsync{1}",
        "Nobody recognises a repeated mail or text message but its reader. The task is declared idempotent, and may run twice.");

    public static readonly DiagnosticDescriptor SharedStateChange = Create(
        RuleIds.SharedStateChange,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Shared in-process state",
        "{0} changes what all tasks of the process share, at every delivery once more{1}",
        "A second run counts or adds again, and a run in another process does not see it at all. The task is declared idempotent, and may run twice.");

    public static readonly DiagnosticDescriptor UnsafeEnqueue = Create(
        RuleIds.UnsafeEnqueue,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Nested enqueue without stable identity",
        "{0} enqueues another task or message at every delivery; give it an id or key made of this task's arguments{1}",
        "A second run enqueues a second one, under an identity that nothing recognises. The task is declared idempotent, and may run twice.");

    public static readonly DiagnosticDescriptor ProcessEffect = Create(
        RuleIds.ProcessEffect,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Process or operating system side effect",
        "{0} runs again at every delivery; wrap the call in OnceAsync{1}",
        "What a program does twice is unknown here. The task is declared idempotent, and may run twice.");

    public static readonly DiagnosticDescriptor VolatileIdentity = Create(
        RuleIds.VolatileIdentity,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Volatile value is an effect's identity",
        "{0} names what it writes by a value that is new in every attempt{1}; use the task's arguments or TaskContext.Id",
        "Under a fresh name nothing recognises a repetition: each run writes one more. The task is declared idempotent, and may run twice.");

    public static readonly DiagnosticDescriptor VolatileContent = Create(
        RuleIds.VolatileContent,
        Categories.Idempotency,
        DiagnosticSeverity.Info,
        "Volatile value in an overwrite",
        "{0} is overwritten by a value that is new in every attempt ({1}): a second run changes what the first has written; write the task's EnqueuedAt, or only where nothing is written yet",
        "The last writer wins, which is often meant. Where the first one should, take the value from the task.",
        isEnabledByDefault: false);

    public static readonly DiagnosticDescriptor RerunFails = Create(
        RuleIds.RerunFails,
        Categories.Idempotency,
        DiagnosticSeverity.Info,
        "A second run fails instead of doing nothing",
        "{0} fails when the row or file is there already, as it is in a second run; look first, or take the conflict for done{1}",
        "The key is the task's own, so nothing is done twice; but the second run ends as a failure, and the task among the dead letters.");

    public static readonly DiagnosticDescriptor GuardNotAtomic = Create(
        RuleIds.GuardNotAtomic,
        Categories.Idempotency,
        DiagnosticSeverity.Info,
        "Guard is not atomic",
        "{0} is done behind a look at what was done before: two runs at once both pass it, and so does the run after a crash in between; claim it first, or wrap the call in OnceAsync",
        "Between the look and what is written down for it lies the effect. A claim (a conditional write, SET NX, a row with a unique key) lets only one run through.",
        isEnabledByDefault: false);

    public static readonly DiagnosticDescriptor CrashWindow = Create(
        RuleIds.CrashWindow,
        Categories.Idempotency,
        DiagnosticSeverity.Info,
        "Crash window on keyed task",
        "{0} is done again if the worker stops between it and the end of the task; wrap it in OnceAsync",
        "An idempotency key covers runs that came to their end. What a run did before it broke off is done again.");

    public static readonly DiagnosticDescriptor FailureRepeatsEffect = Create(
        RuleIds.FailureRepeatsEffect,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Failure after an effect repeats it",
        "{0} is followed by another call that may fail, and is done again when it does; wrap it in OnceAsync, or do it last",
        "An idempotency key covers runs that came to their end. A failure after the effect runs the whole handler again, the effect included.");

    public static readonly DiagnosticDescriptor UnstableScopeKey = Create(
        RuleIds.UnstableScopeKey,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Unstable key inside handler",
        "'{0}' names its effect by {1}, which is new in every attempt, so that no attempt finds what another recorded; use the task's arguments",
        "OnceAsync finds the record of an earlier attempt by its key. A key that changes protects nothing.");

    public static readonly DiagnosticDescriptor ScopeKeyReused = Create(
        RuleIds.ScopeKeyReused,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Scope key reused for different effects",
        "'{0}' uses the key {1} for a second effect, which is then skipped: it gets the first one's record; give each effect its own key",
        "A key names one effect within the task. The second OnceAsync under it returns the first one's outcome and runs nothing.");

    public static readonly DiagnosticDescriptor ScopeKeyLoopInvariant = Create(
        RuleIds.ScopeKeyLoopInvariant,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Loop-invariant scope key",
        "'{0}' uses the key {1} in every round of the loop, so that only the first round runs; put what the round is about into the key",
        "A key names one effect within the task. All rounds after the first get the first one's record.");

    public static readonly DiagnosticDescriptor DeclaredEffectWeaker = Create(
        RuleIds.DeclaredEffectWeaker,
        Categories.Idempotency,
        DiagnosticSeverity.Warning,
        "Declared effect weaker than inferred",
        "'{0}' is declared {1}, but does more: {2}",
        "Other projects believe the declaration, because they cannot see the body.");

    public static readonly DiagnosticDescriptor AttestationStale = Create(
        RuleIds.AttestationStale,
        Categories.Idempotency,
        DiagnosticSeverity.Info,
        "Attestation stale or unexplained",
        "[AssumeIdempotent] on '{0}': {1}",
        "The attribute silences the rules for what is below it; it should say why, and cover something.");

    public static readonly DiagnosticDescriptor AnnotateEffect = Create(
        RuleIds.AnnotateEffect,
        Categories.Idempotency,
        DiagnosticSeverity.Info,
        "Effect of a public method undeclared",
        "'{0}' does {1}, which the analyzers of other projects cannot see; declare [TaskEffect(TaskEffect.{2})]",
        "An analyzer sees one project. What a library's methods do its callers learn by attributes, which are checked here (TT440).",
        isEnabledByDefault: false);

    public static readonly DiagnosticDescriptor UnmodelledCall = Create(
        RuleIds.UnmodelledCall,
        Categories.Idempotency,
        DiagnosticSeverity.Info,
        "Unmodelled call",
        "Nothing is known of {0}; list it in a *.taskeffects.txt, or mark it with [EffectFree] or [TaskEffect]",
        "Silence about this call means nothing. For projects that want every call accounted for.",
        isEnabledByDefault: false);

    public static readonly DiagnosticDescriptor AsyncVoid = Create(
        RuleIds.AsyncVoid,
        Categories.Reliability,
        DiagnosticSeverity.Warning,
        "Async void reachable",
        "{0} is async void: the task is settled without waiting for it, and its failure ends the process; return a Task",
        "Nothing can await an async void method. The delivery is settled while it still runs.");

    public static readonly DiagnosticDescriptor WorkOutlivesTask = Create(
        RuleIds.WorkOutlivesTask,
        Categories.Reliability,
        DiagnosticSeverity.Warning,
        "Work outlives the task",
        "{0} is started and not awaited: the task is settled without waiting for it, and its failure is lost",
        "The handler returns, the delivery is settled, and whatever then happens to the work happens unseen.");

    public static readonly DiagnosticDescriptor FailureSwallowed = Create(
        RuleIds.FailureSwallowed,
        Categories.Reliability,
        DiagnosticSeverity.Warning,
        "Swallowed failure",
        "{0} takes every failure for success: the task is settled as completed, and never tried again",
        "A handler that returns has succeeded. A failure that is only logged is neither retried nor kept as a dead letter.");

    public static readonly DiagnosticDescriptor AnalysisIncomplete = Create(
        RuleIds.AnalysisIncomplete,
        Categories.Tooling,
        DiagnosticSeverity.Info,
        "Analysis incomplete",
        "'{0}' was not read to the end: {1}; its silence says nothing of the rest",
        "Handlers are read as far as a bound, the same in the IDE and in the build. Mark what is known with [EffectFree] or [TaskEffect] to cut the tree.");

    public static readonly DiagnosticDescriptor EffectFileBroken = Create(
        RuleIds.EffectFileBroken,
        Categories.Tooling,
        DiagnosticSeverity.Warning,
        "Effect file broken",
        "Effects file: {0}",
        "A line that cannot be read, or that names nothing, tells the analyzers nothing.");
}
