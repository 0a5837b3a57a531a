using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Analyzers.Usage;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>TT503 to TT505: handlers that hold a thread, or do not hear that they should stop. What the methods do that a handler calls is read along with its effects.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public HandlerAnalyzer()
        : base(Rules.TokenNotObserved, Rules.SyncOverAsync, Rules.BlockingSleep)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnBody((context, body) =>
    {
        if (context.OwningSymbol is not IMethodSymbol method || scope.Tasks.TaskOf(method) is not { } task)
        {
            return;
        }

        IReadOnlyList<IOperation> operations = body.All;
        CheckToken(context, method, operations);
        if (!TaskMethods.IsDedicated(task))
        {
            CheckBlocking(context, operations);
        }
    });

    private static void CheckToken(OperationBlockAnalysisContext context, IMethodSymbol method, IReadOnlyList<IOperation> operations)
    {
        if (method.Parameters.FirstOrDefault(parameter => parameter.Type.IsNamed(KnownSymbols.CancellationToken)) is { } token &&
            operations.Any(static operation => operation.Kind == OperationKind.Await) && !operations.Any(operation => Observes(operation, token)))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.TokenNotObserved, token.Locations[0], token.Name, method.Name));
        }
    }

    private static bool Observes(IOperation operation, IParameterSymbol token) => operation.Kind switch
    {
        OperationKind.ParameterReference => SymbolEqualityComparer.Default.Equals(((IParameterReferenceOperation)operation).Parameter, token),
        OperationKind.PropertyReference => ((IPropertyReferenceOperation)operation).Property is { Name: "CancellationToken", ContainingType: var owner } && owner.IsNamed(KnownSymbols.TaskContext),
        _ => false,
    };

    private static void CheckBlocking(OperationBlockAnalysisContext context, IReadOnlyList<IOperation> operations)
    {
        foreach (IOperation operation in operations)
        {
            if (operation.Kind is OperationKind.Invocation or OperationKind.PropertyReference && Blocking.HowOf(operation, operations) is { } how)
            {
                context.ReportDiagnostic(how == Blocking.Sleep
                    ? Diagnostic.Create(Rules.BlockingSleep, operation.Syntax.GetLocation())
                    : Diagnostic.Create(Rules.SyncOverAsync, operation.Syntax.GetLocation(), how));
            }
        }
    }
}
