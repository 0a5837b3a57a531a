using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Analyzers.Idempotency.Effects;
using TypedTasks.Analyzers.Reliability;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Usage;

/// <summary>TT430: a key that is made where it is passed, so that trying again asks for another task. Within a handler TT416 says so.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FreshKeyAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public FreshKeyAnalyzer()
        : base(Rules.FreshKey)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnBody((context, body) =>
    {
        foreach ((IInvocationOperation invocation, ClientCall call) in body.ClientCalls)
        {
            if (call.Kind != ClientCallKind.EnqueueMany && scope.Tasks.TaskOf(context.OwningSymbol) is null)
            {
                foreach (NamedTask named in call.Tasks)
                {
                    Check(context, invocation, named);
                }
            }
        }
    });

    private static void Check(OperationBlockAnalysisContext context, IInvocationOperation enqueue, NamedTask named)
    {
        // client.PayAsync(id), or client.EnqueueAsync(PaymentTasks.Pay(id)).
        IMethodSymbol task = named.Task;
        if (task.Attribute(KnownSymbols.IdempotentAttribute)?.Named<string?>("Key", null) is not { } template)
        {
            return;
        }

        foreach (string name in NestedEnqueues.ParametersOf(template))
        {
            if (named.Call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == name) is { IsImplicit: false } given && FreshValues.SourceOf(given.Value) is { } source)
            {
                // Rounds that end with the first success are tries of one thing, and each asks for another task.
                bool isRetry = Around(enqueue).OfType<ILoopOperation>().Any(Retries.IsRetry);
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.FreshKey,
                    given.Value.Syntax.GetLocation(),
                    isRetry ? DiagnosticSeverity.Warning : Rules.FreshKey.DefaultSeverity,
                    additionalLocations: null,
                    ImmutableDictionary<string, string?>.Empty,
                    name,
                    task.Name,
                    source));
            }
        }
    }

    private static IEnumerable<IOperation> Around(IOperation operation)
    {
        for (IOperation? current = operation.Parent; current is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); current = current.Parent)
        {
            yield return current;
        }
    }
}
