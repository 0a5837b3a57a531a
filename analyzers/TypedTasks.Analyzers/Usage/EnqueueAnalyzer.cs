using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Usage;

/// <summary>TT701 and TT705: what becomes of the answer to an enqueueing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EnqueueAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public EnqueueAnalyzer()
        : base(Rules.EnqueueNotAwaited, Rules.EnqueueInLoop)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnBody(static (context, body) =>
    {
        foreach ((IInvocationOperation invocation, ClientCall call) in body.ClientCalls)
        {
            if (IsDropped(invocation))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.EnqueueNotAwaited, invocation.Syntax.GetLocation(), invocation.TargetMethod.Name));
            }
            else if (call.Kind == ClientCallKind.Enqueue && IsWholeLoop(invocation))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.EnqueueInLoop, invocation.Syntax.GetLocation(), invocation.TargetMethod.Name, call.IsCanvas ? "as one Canvas.Group" : "by EnqueueManyAsync"));
            }
        }
    });

    /// <summary>Whether nobody can ever look at what the call returns.</summary>
    private static bool IsDropped(IInvocationOperation invocation)
    {
        IOperation value = invocation;
        while (true)
        {
            switch (value.Parent)
            {
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation:
                    value = value.Parent;
                    break;
                case IInvocationOperation { TargetMethod.Name: "AsTask" or "ConfigureAwait" or "Preserve" } wrapping when ReferenceEquals(wrapping.Instance, value):
                    value = wrapping;
                    break;
                case IExpressionStatementOperation:
                case ISimpleAssignmentOperation { Target: IDiscardOperation } assignment when ReferenceEquals(assignment.Value, value):
                    return true;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator }:
                    return !IsRead(local, declarator);
                default:
                    return false;
            }
        }
    }

    private static bool IsRead(ILocalSymbol local, IOperation within) =>
        within.Root().Descendants().OfType<ILocalReferenceOperation>().Any(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local));

    /// <summary>Whether a loop over a sequence does nothing but enqueue, one after the other.</summary>
    private static bool IsWholeLoop(IInvocationOperation invocation)
    {
        IOperation? statement = invocation.Parent;
        while (statement is IConversionOperation or IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
        {
            statement = statement.Parent;
        }

        return statement is IExpressionStatementOperation &&
            (statement.Parent is IBlockOperation { Operations.Length: 1 } block ? block.Parent : statement.Parent) is IForEachLoopOperation { IsAsynchronous: false };
    }
}
