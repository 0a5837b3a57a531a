using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Analyzers.Usage;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>TT507 and TT512: handlers that take the worker's stop for a failure, or retry by themselves what the task retries.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FailureAnalyzer : TaskAnalyzer
{
    private const string Cancelled = "System.OperationCanceledException";

    /// <summary>Creates the analyzer.</summary>
    public FailureAnalyzer()
        : base(Rules.ShutdownAsFailure, Rules.NestedRetry)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnOperationBlock(context =>
    {
        if (context.OwningSymbol is not IMethodSymbol method || scope.Tasks.TaskOf(method) is not { } task)
        {
            return;
        }

        foreach (IOperation operation in context.OperationBlocks.SelectMany(block => block.DescendantsAndSelf()))
        {
            if (operation is ITryOperation attempt && HidesStop(attempt) is { Syntax: CatchClauseSyntax clause })
            {
                Location place = clause.Declaration?.GetLocation() ?? clause.CatchKeyword.GetLocation();
                context.ReportDiagnostic(Diagnostic.Create(Rules.ShutdownAsFailure, place, method.Name));
            }

            if (operation is IForLoopOperation or IWhileLoopOperation && IsRetried(task) && IsRetry((ILoopOperation)operation))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.NestedRetry, operation.Syntax.GetFirstToken().GetLocation(), task.Name));
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
            if (IsOrDerives(clause.ExceptionType, Cancelled))
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
        return !asks && operations.OfType<IThrowOperation>().Any(thrown => TypeOf(thrown.Exception) is { } type && !type.IsNamed("TypedTasks.SnoozeException") && !IsOrDerives(type, Cancelled) &&
            Unconverted(thrown.Exception!) is not ILocalReferenceOperation);
    }

    private static bool IsToken(IOperation operation) =>
        operation is IParameterReferenceOperation { Type: { } type } && type.IsNamed(KnownSymbols.CancellationToken) ||
        (operation is IPropertyReferenceOperation { Property: { Name: "CancellationToken", ContainingType: var owner } } && owner.IsNamed(KnownSymbols.TaskContext));

    private static bool IsRetried(IMethodSymbol task) =>
        !task.Has(KnownSymbols.AtMostOnceAttribute) && task.Attribute(KnownSymbols.TaskAttribute)?.Named("MaxAttempts", 5) is not 1;

    /// <summary>A loop that something asynchronous leaves when it succeeds, and goes on with when it fails.</summary>
    private static bool IsRetry(ILoopOperation loop) => Own(loop.Body).OfType<ITryOperation>().Any(attempt =>
        Own(attempt.Body).Any(operation => operation is IAwaitOperation) &&
        Own(attempt.Body).Any(operation => operation is IReturnOperation || (operation is IBranchOperation { BranchKind: BranchKind.Break } leave && SymbolEqualityComparer.Default.Equals(leave.Target, loop.ExitLabel))) &&
        attempt.Catches.Any(clause => !IsOrDerives(clause.ExceptionType, Cancelled) && !clause.Handler.Operations.Any(EndsInThrow)));

    private static bool EndsInThrow(IOperation statement) => statement is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } or IReturnOperation;

    // What is in a lambda or a local function is of another time.
    private static IEnumerable<IOperation> Own(IOperation operation) => operation is IAnonymousFunctionOperation or ILocalFunctionOperation
        ? []
        : operation.ChildOperations.SelectMany(Own).Prepend(operation);

    private static ITypeSymbol? TypeOf(IOperation? exception) => exception is null ? null : Unconverted(exception).Type;

    private static IOperation Unconverted(IOperation operation) => operation is IConversionOperation conversion ? Unconverted(conversion.Operand) : operation;

    private static bool IsOrDerives(ITypeSymbol? type, string name) => type is not null && (type.IsNamed(name) || IsOrDerives(type.BaseType, name));
}
