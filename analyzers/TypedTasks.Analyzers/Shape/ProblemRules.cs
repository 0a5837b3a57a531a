using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Shape;

/// <summary>Which rule explains a problem of a contract's reading, in which words, and where.</summary>
internal static class ProblemRules
{
    /// <summary>The rule and the arguments of its message.</summary>
    public static (DiagnosticDescriptor Rule, object?[] Arguments) Explain(ContractProblem problem, INamedTypeSymbol contract)
    {
        string name = problem.Symbol.Name;
        string detail = problem.Detail;
        return problem.Kind switch
        {
            ContractProblemKind.ContractNotInterface => (Rules.ContractUnusable, [name, "it is no interface"]),
            ContractProblemKind.ContractGeneric => (Rules.ContractUnusable, [name, "it, or a type around it, has type parameters; declare a contract for each type"]),
            ContractProblemKind.ContractInaccessible => (Rules.ContractUnusable, [name, "generated code cannot see it; make it, and the types around it, internal or public"]),
            ContractProblemKind.GeneratedNameTaken => (Rules.ContractUnusable, [name, $"a type '{detail}' would be generated for it, and there is one already; rename that type, or the contract"]),
            ContractProblemKind.ContractNameInvalid => (Rules.WireNameIllegal, [detail, "contract"]),
            ContractProblemKind.TaskNameInvalid => (Rules.WireNameIllegal, [detail, "task"]),
            ContractProblemKind.QueueNameInvalid => (Rules.QueueNameIllegal, [detail]),
            ContractProblemKind.BaseNotContract => (Rules.BaseNotContract, [$"'{contract.Name}' inherits '{detail}', whose members have no route: mark it with [TaskContract], or do not inherit it"]),
            ContractProblemKind.SignatureAmbiguous => (Rules.BaseNotContract, [$"'{detail}' is declared twice with the same parameters, so that a call could mean either route: rename one"]),
            ContractProblemKind.MemberNotTask => (Rules.MemberNotTask, [detail, problem.Symbol is IMethodSymbol { IsStatic: false }
                ? "a member of a contract without [Task] and without a default implementation"
                : $"{KindOf(problem.Symbol)}; a contract declares tasks, and helpers with a default implementation"]),
            ContractProblemKind.TaskNotAbstract => (Rules.MemberNotTask, [detail, "marked with [Task], but is static or has a body; a task has neither: its handler is in the worker"]),
            ContractProblemKind.TaskGeneric => (Rules.GenericTask, [detail]),
            ContractProblemKind.ReturnUnsupported => (Rules.ReturnTypeUnsupported, [name, detail]),
            ContractProblemKind.TaskNameDuplicate => (Rules.TaskNameTwice, [detail]),
            ContractProblemKind.ParameterUnsupported => (Rules.ParameterNotPassable, [name, ModifierOf(problem.Symbol)]),
            ContractProblemKind.TrailingParameterMisplaced => (Rules.TrailingParameterMisplaced, [name, Misplaced(problem.Symbol)]),
            ContractProblemKind.AttemptsInvalid => (Rules.AttributeValueInvalid, [$"MaxAttempts is {detail}; a task is tried at least once"]),
            ContractProblemKind.DurationInvalid => (Rules.AttributeValueInvalid, [DurationMessage(detail)]),
            ContractProblemKind.ExceptionTypeInvalid => (Rules.AttributeValueInvalid, [$"'{detail}' is no exception type that generated code can name"]),
            ContractProblemKind.ScheduleTimesInvalid => (Rules.AttributeValueInvalid, [ScheduleProblems.Times(name, detail)]),
            ContractProblemKind.ScheduleCronInvalid => (Rules.AttributeValueInvalid, [ScheduleProblems.Cron(detail)]),
            ContractProblemKind.ScheduleIntervalInvalid => (Rules.AttributeValueInvalid, [ScheduleProblems.Interval(detail)]),
            ContractProblemKind.ScheduleZoneInvalid => (Rules.AttributeValueInvalid, [ScheduleProblems.Zone(detail)]),
            ContractProblemKind.ScheduleMissedInvalid => (Rules.AttributeValueInvalid, [ScheduleProblems.Missed(detail)]),
            ContractProblemKind.ScheduleParameterRequired => (Rules.AttributeValueInvalid, [ScheduleProblems.Parameter(detail)]),
            ContractProblemKind.KeyTemplateInvalid when HasNoPlaceholder(detail) => (Rules.KeyIgnoresParameters, [detail, name, FirstArgument(problem.Symbol)]),
            ContractProblemKind.KeyTemplateInvalid => (Rules.PlaceholderUnknown, [$"The braces of the key \"{detail}\" are not balanced; a brace that is meant is written twice"]),
            ContractProblemKind.KeyPathUnknown => (Rules.PlaceholderUnknown, [$"The key names '{detail}', but '{name}' has no such parameter or member"]),
            ContractProblemKind.KeyTypeUnsupported => (Rules.KeyTypeUnfit, [detail]),
            ContractProblemKind.PayloadUnsupported when WhyNotPassable(problem.Symbol) is { } why => (Rules.ParameterNotPassable, [name, why]),
            ContractProblemKind.PayloadUnsupported => (Rules.TypeCannotTravel, [detail]),
            ContractProblemKind.PayloadInaccessible => (Rules.PayloadHidden, [detail]),
            ContractProblemKind.PayloadOpen => (Rules.OpenPolymorphism, [detail]),
            ContractProblemKind.PayloadConstructor => (Rules.PayloadNotSerializable, [$"{detail} has no constructor that generated code can call with the members that travel; give it one, or settable members"]),
            ContractProblemKind.PayloadCollection => (Rules.PayloadNotSerializable, [$"{detail}, whose items would not travel with its members; send a collection of the framework, or a record that has one as a member"]),
            ContractProblemKind.PayloadKeyMissing => (Rules.PayloadNotSerializable, [$"{detail} has no [Key], while its type is annotated; give it one, or [IgnoreMember]"]),
            ContractProblemKind.PayloadOrderAmbiguous => (Rules.PayloadNotSerializable, [$"{detail} declares members in several files, whose order would decide their places on the wire; give each a [Key]"]),
            ContractProblemKind.PayloadKeyInvalid => (Rules.KeyCollision, [detail]),
            ContractProblemKind.UnionInvalid => (Rules.UnionInvalid, [detail]),
            _ => throw new InvalidOperationException($"No rule explains {problem.Kind}."),
        };
    }

    /// <summary>Where the problem is: the attribute's argument that has the bad value, where there is one; else the symbol. Null where it is not in source.</summary>
    public static Location? Locate(ContractProblem problem, int place, CancellationToken cancellationToken)
    {
        object? value = problem.Kind switch
        {
            ContractProblemKind.AttemptsInvalid => int.Parse(problem.Detail, System.Globalization.CultureInfo.InvariantCulture),
            ContractProblemKind.DurationInvalid or ContractProblemKind.KeyTemplateInvalid or ContractProblemKind.QueueNameInvalid or
            ContractProblemKind.ContractNameInvalid or ContractProblemKind.TaskNameInvalid => problem.Detail,
            _ => null,
        };
        Location? location = value is null ? null : AttributeSyntaxes.LocationOfValue(problem.Symbol.GetAttributes(), value, place, cancellationToken);
        location ??= problem.Kind switch
        {
            ContractProblemKind.KeyPathUnknown or ContractProblemKind.KeyTypeUnsupported =>
                problem.Symbol.Attribute(KnownSymbols.IdempotentAttribute)?.LocationOf("Key", cancellationToken),
            ContractProblemKind.ScheduleCronInvalid => problem.Symbol.Attribute(KnownSymbols.ScheduleAttribute) is { } schedule
                ? AttributeSyntaxes.LocationOfValue([schedule], problem.Detail, 0, cancellationToken)
                : null,
            ContractProblemKind.ScheduleTimesInvalid or ContractProblemKind.ScheduleIntervalInvalid => LocationInSchedule("Every"),
            ContractProblemKind.ScheduleZoneInvalid => LocationInSchedule("TimeZone"),
            ContractProblemKind.ScheduleMissedInvalid => LocationInSchedule("Missed"),
            ContractProblemKind.QueueNameInvalid =>
                AttributeSyntaxes.LocationOfValue(problem.Symbol.ContainingType.GetAttributes(), problem.Detail, 0, cancellationToken),
            _ => null,
        };
        return location ?? (problem.Location is { IsInSource: true } known ? known : null);

        Location? LocationInSchedule(string argument) => problem.Symbol.Attribute(KnownSymbols.ScheduleAttribute)?.LocationOf(argument, cancellationToken);
    }

    private static string KindOf(ISymbol symbol) => symbol switch
    {
        IPropertySymbol { IsIndexer: true } => "an indexer",
        IPropertySymbol => "a property",
        IEventSymbol => "an event",
        _ => "a static member",
    };

    private static string ModifierOf(ISymbol symbol) => symbol is IParameterSymbol { IsParams: true }
        ? "it is params, and a call is generated with exactly the parameters that are declared; drop the modifier"
        : "it is passed by reference, and the worker has no way back to the caller's variable; drop the modifier";

    private static string Misplaced(ISymbol symbol) => symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter &&
        method.Parameters.Any(other => other.Ordinal < parameter.Ordinal && SymbolEqualityComparer.Default.Equals(other.Type, parameter.Type) && IsSupplied(parameter.Type))
            ? "is supplied by the worker, and there is one before it already"
            : "comes after a parameter that the worker supplies; put CancellationToken and TaskContext last";

    private static bool IsSupplied(ITypeSymbol type) => type.IsNamed(KnownSymbols.CancellationToken) || type.IsNamed(KnownSymbols.TaskContext);

    private static string? WhyNotPassable(ISymbol symbol) => (symbol as IParameterSymbol)?.Type switch
    {
        { IsRefLikeType: true } type => $"'{type.ToDisplayString()}' exists on the caller's stack only; send an array or ReadOnlyMemory<T>",
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => "a pointer means nothing in another process; send what it points to",
        IDynamicTypeSymbol => "dynamic has no codec; say which type it is",
        _ => null,
    };

    private static string DurationMessage(string detail) => DurationParser.TryParse(detail, out _)
        ? $"The duration '{detail}' is zero or too large"
        : $"'{detail}' is no duration: write a number and us, ms, s, m, h or d (\"500ms\", \"2s\"), or hh:mm:ss; a back-off may be a range, \"1s..5m\", the least first";

    private static bool HasNoPlaceholder(string template)
    {
        string unescaped = template.Replace("{{", "").Replace("}}", "");
        return unescaped.IndexOf('{') < 0 && unescaped.IndexOf('}') < 0;
    }

    private static string FirstArgument(ISymbol symbol) =>
        (symbol as IMethodSymbol)?.Parameters.FirstOrDefault(parameter => !IsSupplied(parameter.Type))?.Name ?? "…";
}
