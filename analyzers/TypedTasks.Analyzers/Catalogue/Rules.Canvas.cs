using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <content>TT8xx: how canvases are built, and tasks that follow tasks. What TT801 to TT804 speak of the compiler refuses, too, and says why in terms of type inference.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor LinkMismatch = Create(
        RuleIds.LinkMismatch,
        Categories.Canvas,
        DiagnosticSeverity.Error,
        "Link type mismatch",
        "{0} takes '{1}' first, and {2} returns '{3}'{4}: the result's bytes are passed on as they are, so the types must be the same; change one of the tasks, or put one between them that makes '{1}' of '{3}'",
        "A step is given the result of the one before it as it was written, without a conversion in between.");

    public static readonly DiagnosticDescriptor JoinMismatch = Create(
        RuleIds.JoinMismatch,
        Categories.Canvas,
        DiagnosticSeverity.Error,
        "Join callback mismatch",
        "{0}; {1}",
        "A join is given the results of all members as one list, in the group's order. So the members return one type, and the task behind them takes a list of it.");

    public static readonly DiagnosticDescriptor AbsentResult = Create(
        RuleIds.AbsentResult,
        Categories.Canvas,
        DiagnosticSeverity.Error,
        "Join over absent results",
        "{0}; {1}",
        "A link takes what comes before it as its first argument. A task that returns nothing leaves nothing to pass on.");

    public static readonly DiagnosticDescriptor UnboundParameters = Create(
        RuleIds.UnboundParameters,
        Categories.Canvas,
        DiagnosticSeverity.Error,
        "Parameters left unbound",
        "{0}; {1}",
        "A link lacks its first argument, which is to be the result of a step before it. Where there is no such step the task is called with all its arguments.");

    public static readonly DiagnosticDescriptor EndlessTask = Create(
        RuleIds.EndlessTask,
        Categories.Canvas,
        DiagnosticSeverity.Warning,
        "Unconditional self-scheduling",
        "Whenever {0} runs it enqueues itself again, at once, so that it never ends and takes as much of the workers as there is; enqueue it under a condition, or later (EnqueueOptions.In)",
        "A task that enqueues itself goes on as long as it does so: under a condition it ends, and with a delay it leaves the workers to other tasks meanwhile.");
}
