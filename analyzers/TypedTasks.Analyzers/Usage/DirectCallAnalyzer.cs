using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Usage;

/// <summary>TT706: a handler's task method that is called like any other.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DirectCallAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public DirectCallAnalyzer()
        : base(Rules.HandlerCalledDirectly)
    {
    }

    private protected override void Start(AnalysisScope scope)
    {
        if (scope.Tasks.IsTestProject)
        {
            return;
        }

        scope.OnBody((context, body) =>
        {
            foreach (IInvocationOperation call in body.Invocations)
            {
                // A handler may call itself, and a decorator what it decorates.
                if (call.Instance is not (null or IInstanceReferenceOperation) && scope.Tasks.TaskOf(call.TargetMethod) is { } task &&
                    !context.OwningSymbol.ContainingType.AllInterfaces.Contains(task.ContainingType, SymbolEqualityComparer.Default))
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rules.HandlerCalledDirectly, call.Syntax.GetLocation(), call.TargetMethod.ContainingType.Name, call.TargetMethod.Name));
                }
            }
        });
    }
}
