using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Analyzers.Usage;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Canvas;

/// <summary>TT806: a task that enqueues itself on every way through its handler, at once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndlessTaskAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public EndlessTaskAnalyzer()
        : base(Rules.EndlessTask)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnBody((context, body) =>
    {
        if (body.ClientCalls.Count == 0 || context.OwningSymbol is not IMethodSymbol method || scope.Tasks.TaskOf(method) is not { } task || IsSkippedWhenRepeated(task))
        {
            return;
        }

        foreach ((IInvocationOperation invocation, ClientCall call) in body.ClientCalls)
        {
            if (call is { Kind: not ClientCallKind.EnqueueMany, IsCanvas: false, Tasks: [{ Task: var enqueued }] }
                && SymbolEqualityComparer.Default.Equals(enqueued.OriginalDefinition, task.OriginalDefinition)
                && !HasOptions(invocation, scope.Types)
                && IsAlwaysRun(invocation)
                && !body.All.Any(operation => MayEndOrPace(operation, invocation)))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.EndlessTask, invocation.Syntax.GetLocation(), method.Name));
            }
        }
    });

    // With a key it completes once within its window, and whoever enqueues it again is told the outcome.
    private static bool IsSkippedWhenRepeated(IMethodSymbol task) =>
        task.Attribute(KnownSymbols.IdempotentAttribute)?.Named<string?>("Key", null) is not null;

    // They may delay it, let it expire, or give it an id that is accepted once.
    private static bool HasOptions(IInvocationOperation invocation, KnownTypes types) => invocation.Arguments.Any(argument =>
        argument.ArgumentKind == ArgumentKind.Explicit && KnownTypes.Same(argument.Parameter?.Type, types.EnqueueOptions) && argument.Value.Unconverted() is not IDefaultValueOperation);

    // From the call outwards there is nothing but what runs whenever the method does: no condition, no loop, no function that somebody else may call.
    private static bool IsAlwaysRun(IInvocationOperation invocation)
    {
        IOperation? around = invocation.Parent;
        while (around is not null && IsAlwaysRun(around.Kind))
        {
            around = around.Parent;
        }

        return around is null;
    }

    private static bool IsAlwaysRun(OperationKind around) => around is
        OperationKind.Await or OperationKind.Conversion or OperationKind.Parenthesized or OperationKind.Argument or OperationKind.Invocation or OperationKind.PropertyReference or
        OperationKind.ArrayCreation or OperationKind.ArrayInitializer or OperationKind.CollectionExpression or
        OperationKind.ExpressionStatement or OperationKind.SimpleAssignment or OperationKind.Return or
        OperationKind.VariableInitializer or OperationKind.VariableDeclarator or OperationKind.VariableDeclaration or OperationKind.VariableDeclarationGroup or
        OperationKind.Block or OperationKind.Using or OperationKind.UsingDeclaration or OperationKind.Lock or OperationKind.Try or OperationKind.MethodBody;

    // What comes first may leave the method, or make it wait.
    private static bool MayEndOrPace(IOperation operation, IInvocationOperation invocation) =>
        operation.Syntax.SpanStart < invocation.Syntax.SpanStart
        && operation switch
        {
            IReturnOperation or IThrowOperation => !operation.Syntax.Span.Contains(invocation.Syntax.Span),
            IInvocationOperation { TargetMethod.Name: "Delay" or "WaitForNextTickAsync" } => true,
            IInvocationOperation { TargetMethod.Name: var name } => name.StartsWith("ThrowIf", StringComparison.Ordinal),
            _ => false,
        };
}
