using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Analyzers.Usage;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>TT507 and TT512: handlers that take the worker's stop for a failure, or retry by themselves what the task retries.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FailureAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public FailureAnalyzer()
        : base(Rules.ShutdownAsFailure, Rules.NestedRetry)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnBody((context, body) =>
    {
        if (context.OwningSymbol is not IMethodSymbol method || scope.Tasks.TaskOf(method) is not { } task)
        {
            return;
        }

        foreach (IOperation operation in body.All)
        {
            switch (operation.Kind)
            {
                case OperationKind.Try when HidesStop((ITryOperation)operation) is { Syntax: CatchClauseSyntax clause }:
                    Location place = clause.Declaration?.GetLocation() ?? clause.CatchKeyword.GetLocation();
                    context.ReportDiagnostic(Diagnostic.Create(Rules.ShutdownAsFailure, place, method.Name));
                    break;
                case OperationKind.Loop when operation is IForLoopOperation or IWhileLoopOperation && IsRetried(task) && Retries.IsRetry((ILoopOperation)operation):
                    context.ReportDiagnostic(Diagnostic.Create(Rules.NestedRetry, operation.Syntax.GetFirstToken().GetLocation(), "loop", task.Name));
                    break;
                case OperationKind.Invocation when RetryPolicies.Executed(operation, context.CancellationToken) is { } policy && IsRetried(task):
                    context.ReportDiagnostic(Diagnostic.Create(Rules.NestedRetry, policy.GetLocation(), "policy", task.Name));
                    break;
            }
        }
    });

    /// <summary>The clause that turns what the token throws into another exception, or null.</summary>
    private static ICatchClauseOperation? HidesStop(ITryOperation attempt)
    {
        if (!attempt.Body.DescendantsAndSelf().Any(IsToken))
        {
            return null;
        }

        foreach (ICatchClauseOperation clause in attempt.Catches)
        {
            // An earlier clause that takes the cancellation, or a condition, is a decision.
            if (Retries.IsOrDerives(clause.ExceptionType, Retries.Cancelled))
            {
                return null;
            }

            if (clause.Filter is null && (clause.ExceptionType.SpecialType == SpecialType.System_Object || clause.ExceptionType.IsNamed(KnownSymbols.Exception)))
            {
                return ThrowsAnother(clause) ? clause : null;
            }
        }

        return null;
    }

    private static bool ThrowsAnother(ICatchClauseOperation clause)
    {
        IOperation[] operations = [.. clause.Handler.DescendantsAndSelf()];
        bool asks = operations.Any(operation => IsToken(operation) || operation is IIsTypeOperation or IIsPatternOperation or ISwitchExpressionOperation or ISwitchOperation);
        return !asks && operations.OfType<IThrowOperation>().Any(thrown => TypeOf(thrown.Exception) is { } type && !type.IsNamed("TypedTasks.SnoozeException") && !Retries.IsOrDerives(type, Retries.Cancelled) &&
            thrown.Exception!.Unconverted() is not ILocalReferenceOperation);
    }

    private static bool IsToken(IOperation operation) =>
        operation is IParameterReferenceOperation { Type: { } type } && type.IsNamed(KnownSymbols.CancellationToken) ||
        (operation is IPropertyReferenceOperation { Property: { Name: "CancellationToken", ContainingType: var owner } } && owner.IsNamed(KnownSymbols.TaskContext));

    private static bool IsRetried(IMethodSymbol task) =>
        !task.Has(KnownSymbols.AtMostOnceAttribute) && task.Attribute(KnownSymbols.TaskAttribute)?.Named("MaxAttempts", 5) is not 1;

    private static ITypeSymbol? TypeOf(IOperation? exception) => exception is null ? null : exception.Unconverted().Type;

}
