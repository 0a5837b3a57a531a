using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Shape;

/// <summary>
/// Says why nothing is generated for a contract: each problem of the reading that the generator made of it, too, as the rule that explains it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer : TaskAnalyzer
{
    /// <summary>The property of a diagnostic that holds the value which its message quotes, for fixes.</summary>
    internal const string Value = "value";

    /// <summary>Creates the analyzer.</summary>
    public ContractAnalyzer()
        : base(
            Rules.ContractUnusable,
            Rules.ReturnTypeUnsupported,
            Rules.ParameterNotPassable,
            Rules.GenericTask,
            Rules.MemberNotTask,
            Rules.TaskNameTwice,
            Rules.TrailingParameterMisplaced,
            Rules.AttributeValueInvalid,
            Rules.BaseNotContract,
            Rules.WireNameIllegal,
            Rules.QueueNameIllegal,
            Rules.PlaceholderUnknown,
            Rules.PayloadNotSerializable,
            Rules.TypeCannotTravel,
            Rules.OpenPolymorphism,
            Rules.UnionInvalid,
            Rules.KeyCollision,
            Rules.PayloadHidden,
            Rules.KeyIgnoresParameters,
            Rules.KeyTypeUnfit)
    {
    }

    private protected override void Start(AnalysisScope scope)
    {
        scope.OnContract((context, contract) => Check(context, scope.Tasks, contract));
        scope.OnSymbol(context => CheckOrphan(context, scope.Types), SymbolKind.Method);
        scope.OnSymbol(CheckQueue, SymbolKind.Field);
    }

    private static void Check(SymbolAnalysisContext context, TaskCompilation tasks, INamedTypeSymbol contract)
    {
        ImmutableArray<ContractProblem> problems = tasks.Read(contract, context.CancellationToken).Problems;
        for (int i = 0; i < problems.Length; i++)
        {
            ContractProblem problem = problems[i];

            // What is wrong with a base contract alone is reported there; and a type that does not exist is the compiler's to report.
            INamedTypeSymbol? other = OtherContract(problem.Symbol, contract);
            if (IsOfUnknownType(problem) || (other is not null && IsItsOwn(tasks, other, problem, context.CancellationToken)))
            {
                continue;
            }

            (DiagnosticDescriptor rule, object?[] arguments) = ProblemRules.Explain(problem, contract);
            Location location = (other is null ? ProblemRules.Locate(problem, problems.Take(i).Count(before => IsSame(before, problem)), context.CancellationToken) : null) ?? contract.Locations[0];
            ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add(Value, problem.Detail);
            context.ReportDiagnostic(Diagnostic.Create(rule, location, properties, arguments));
        }
    }

    // The same value in two arguments of one attribute.
    private static bool IsSame(ContractProblem one, ContractProblem other) =>
        one.Kind == other.Kind && one.Detail == other.Detail && SymbolEqualityComparer.Default.Equals(one.Symbol, other.Symbol);

    private static INamedTypeSymbol? OtherContract(ISymbol symbol, INamedTypeSymbol contract)
    {
        INamedTypeSymbol? owner = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        return owner is not null && owner.IsTaskContract() && !SymbolEqualityComparer.Default.Equals(owner, contract) ? owner : null;
    }

    private static bool IsItsOwn(TaskCompilation tasks, INamedTypeSymbol other, ContractProblem problem, CancellationToken cancellationToken) =>
        other.Locations.Any(location => location.IsInSource) &&
        tasks.Read(other, cancellationToken).Problems.Any(own => own.Kind == problem.Kind && SymbolEqualityComparer.Default.Equals(own.Symbol, problem.Symbol));

    private static bool IsOfUnknownType(ContractProblem problem) => problem.Kind is ContractProblemKind.PayloadUnsupported or ContractProblemKind.ReturnUnsupported or ContractProblemKind.ExceptionTypeInvalid &&
        (problem.Symbol switch
        {
            IParameterSymbol parameter => HasError(parameter.Type),
            IMethodSymbol method => HasError(method.ReturnType),
            IPropertySymbol property => HasError(property.Type),
            IFieldSymbol field => HasError(field.Type),
            _ => false,
        });

    private static bool HasError(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => true,
        IArrayTypeSymbol array => HasError(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasError),
        _ => false,
    };

    /// <summary>[Task] on a method that is in no contract does nothing, nor does [Schedule] on one that is no task, which its author did not mean.</summary>
    private static void CheckOrphan(SymbolAnalysisContext context, KnownTypes types)
    {
        ISymbol method = context.Symbol;
        string? attribute = AnalysisScope.HasAttribute(method, types.TaskAttribute) ? "Task" : AnalysisScope.HasAttribute(method, types.ScheduleAttribute) ? "Schedule" : null;
        if (attribute is null)
        {
            return;
        }

        // Of a contract, the reading has told all but that a helper is scheduled.
        bool isInContract = method.ContainingType.IsTaskContract();
        if (!isInContract || (attribute == "Schedule" && !method.IsAbstract))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.MemberNotTask,
                method.Locations[0],
                method.Name,
                isInContract ? "marked with [Schedule], but is no task, and is never enqueued; only a method with [Task] and without a body is"
                    : method.ContainingType.TypeKind == TypeKind.Interface ? $"marked with [{attribute}], but '{method.ContainingType.Name}' is not marked with [TaskContract]"
                    : $"marked with [{attribute}] outside a contract, where it has no effect; mark the method of the contract's interface"));
        }
    }

    private static void CheckQueue(SymbolAnalysisContext context)
    {
        if (QueueReader.Declared(context.Symbol) is { } queue && !NameRules.IsWireName(queue.Name))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.QueueNameIllegal,
                context.Symbol.Locations[0],
                ImmutableDictionary<string, string?>.Empty.Add(Value, queue.Name),
                queue.Name));
        }
    }
}
