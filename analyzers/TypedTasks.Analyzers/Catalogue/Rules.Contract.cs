using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <content>TT1xx: the shape of contracts and handlers.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor ContractUnusable = Create(
        RuleIds.ContractUnusable,
        Categories.Contract,
        DiagnosticSeverity.Error,
        "Contract is not a usable interface",
        "'{0}' cannot be a task contract: {1}",
        "A contract is an interface without type parameters that generated code can see. For any other type no client, dispatcher or codec is generated.");

    public static readonly DiagnosticDescriptor ReturnTypeUnsupported = Create(
        RuleIds.ReturnTypeUnsupported,
        Categories.Contract,
        DiagnosticSeverity.Error,
        "Return type unsupported",
        "The task '{0}' returns '{1}'; a task returns Task, Task<T>, ValueTask or ValueTask<T>",
        "A task runs later and elsewhere, so its method is asynchronous.");

    public static readonly DiagnosticDescriptor ParameterNotPassable = Create(
        RuleIds.ParameterNotPassable,
        Categories.Contract,
        DiagnosticSeverity.Error,
        "Parameter not passable",
        "The parameter '{0}' cannot be sent: {1}",
        "Arguments are copied onto the wire. What exists only on the caller's stack, or is filled in for the caller, cannot be.");

    public static readonly DiagnosticDescriptor GenericTask = Create(
        RuleIds.GenericTask,
        Categories.Contract,
        DiagnosticSeverity.Error,
        "Generic task method",
        "The task '{0}' has type parameters; declare one task for each type that it is called with",
        "Codecs are generated for exact types. A task of any type has none.");

    public static readonly DiagnosticDescriptor MemberNotTask = Create(
        RuleIds.MemberNotTask,
        Categories.Contract,
        DiagnosticSeverity.Error,
        "Non-task member in contract",
        "'{0}' is {1}",
        "Every abstract member of a contract is a method marked with [Task]; members with a default implementation are helpers. [Task] and [Schedule] belong on nothing else.");

    public static readonly DiagnosticDescriptor TaskNameTwice = Create(
        RuleIds.TaskNameTwice,
        Categories.Contract,
        DiagnosticSeverity.Error,
        "Same task name twice in a contract",
        "'{0}' is the wire name of another task of this contract, too; give one of them a name of its own: [Task(\"…\")]",
        "The name on the wire is how a worker finds the handler's method. Overloads need names that tell them apart.");

    public static readonly DiagnosticDescriptor TrailingParameterMisplaced = Create(
        RuleIds.TrailingParameterMisplaced,
        Categories.Contract,
        DiagnosticSeverity.Error,
        "Supplied parameter misplaced",
        "'{0}' {1}",
        "The worker supplies one CancellationToken and one TaskContext, behind the arguments that travel.");

    public static readonly DiagnosticDescriptor AttributeValueInvalid = Create(
        RuleIds.AttributeValueInvalid,
        Categories.Contract,
        DiagnosticSeverity.Error,
        "Attribute value invalid",
        "{0}",
        "Attribute values are read at compile time by the parser that also feeds the generator.");

    public static readonly DiagnosticDescriptor BaseNotContract = Create(
        RuleIds.BaseNotContract,
        Categories.Contract,
        DiagnosticSeverity.Error,
        "Contract inherits what it cannot route",
        "{0}",
        "A contract inherits other contracts, and each inherited task keeps its route. Members without a route, and two routes for one signature, cannot be generated.");

    public static readonly DiagnosticDescriptor DefaultFrozen = Create(
        RuleIds.DefaultFrozen,
        Categories.Contract,
        DiagnosticSeverity.Info,
        "Default argument frozen in producer",
        "The default of '{0}' is compiled into each producer: changed here, it stays what it was there until they are built anew; prefer a nullable parameter whose default the handler knows",
        "A default argument is written into the caller by the compiler, and travels like any other value.");

    public static readonly DiagnosticDescriptor HandlerUnusable = Create(
        RuleIds.HandlerUnusable,
        Categories.Contract,
        DiagnosticSeverity.Warning,
        "Handler type unusable",
        "The container cannot make the handler '{0}': it {1}; register a concrete class with a public constructor, or a factory of your own",
        "A handler is made by the container for each attempt, or once. One that cannot be made fails at the first task, or when the host starts.");
}
