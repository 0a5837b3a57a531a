using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <content>TT2xx: names, queues, and who works on them.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor WireNameIllegal = Create(
        RuleIds.WireNameIllegal,
        Categories.Routing,
        DiagnosticSeverity.Error,
        "Illegal wire name",
        "'{0}' cannot be the wire name of a {1}: use 1 to 64 of the letters a-z and A-Z, digits, '-' and '_'",
        "Contract and task names become parts of NATS subjects and Redis keys, where '.', '*', '>', ':', braces and blanks have a meaning of their own.");

    public static readonly DiagnosticDescriptor QueueNameIllegal = Create(
        RuleIds.QueueNameIllegal,
        Categories.Routing,
        DiagnosticSeverity.Error,
        "Illegal queue name",
        "'{0}' cannot be the name of a queue: use 1 to 64 of the letters a-z and A-Z, digits, '-' and '_'",
        "A queue's name becomes a stream's and a consumer's name on NATS and a hash tag on Redis.");

    public static readonly DiagnosticDescriptor PlaceholderUnknown = Create(
        RuleIds.PlaceholderUnknown,
        Categories.Routing,
        DiagnosticSeverity.Error,
        "Placeholder without parameter",
        "{0}",
        "The placeholders of a key template are the task's parameters and their members.");

    public static readonly DiagnosticDescriptor QueueUndeclared = Create(
        RuleIds.QueueUndeclared,
        Categories.Routing,
        DiagnosticSeverity.Error,
        "Undeclared queue",
        "{0}",
        "A queue is declared by [TaskQueue] on a constant. A task on any other name waits where no worker looks.");

    public static readonly DiagnosticDescriptor NamesDifferByCase = Create(
        RuleIds.NamesDifferByCase,
        Categories.Routing,
        DiagnosticSeverity.Warning,
        "Names differ only by case",
        "The queue '{0}' differs from '{1}' of {2} only by case",
        "Streams on a file system without regard to case share their files; people share the confusion everywhere.");

    public static readonly DiagnosticDescriptor DuplicateRoute = Create(
        RuleIds.DuplicateRoute,
        Categories.Routing,
        DiagnosticSeverity.Error,
        "Duplicate route",
        "'{0}' has the wire name of {1}: '{2}'; give one of them a name of its own",
        "Tasks are routed by the contract's wire name. Two contracts under one name take each other's tasks, and do not know them.");

    public static readonly DiagnosticDescriptor NoWorker = Create(
        RuleIds.NoWorker,
        Categories.Routing,
        DiagnosticSeverity.Warning,
        "Task has no worker",
        "Nobody in this program, or in what it references, handles the tasks of '{0}'; {1}",
        "A client that enqueues what nobody runs fills a queue for ever.");

    public static readonly DiagnosticDescriptor TwoWorkers = Create(
        RuleIds.TwoWorkers,
        Categories.Routing,
        DiagnosticSeverity.Warning,
        "Two workers for one contract",
        "'{0}' has a worker in this host already, {1}; a host runs one worker a contract, and does not start with two",
        "Which of two handlers would run a task? The host refuses to start rather than to choose.");
}
