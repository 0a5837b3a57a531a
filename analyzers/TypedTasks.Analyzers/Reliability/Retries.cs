using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>Loops that try one thing until it succeeds.</summary>
internal static class Retries
{
    public const string Cancelled = "System.OperationCanceledException";

    /// <summary>A loop that something asynchronous leaves when it succeeds, and goes on with when it fails.</summary>
    public static bool IsRetry(ILoopOperation loop) => Own(loop.Body).OfType<ITryOperation>().Any(attempt =>
        Own(attempt.Body).Any(operation => operation is IAwaitOperation) &&
        Own(attempt.Body).Any(operation => operation is IReturnOperation || (operation is IBranchOperation { BranchKind: BranchKind.Break } leave && SymbolEqualityComparer.Default.Equals(leave.Target, loop.ExitLabel))) &&
        attempt.Catches.Any(clause => !IsOrDerives(clause.ExceptionType, Cancelled) && !clause.Handler.Operations.Any(EndsInThrow)));

    /// <summary>Whether a type is the one of this name, or derives from it.</summary>
    public static bool IsOrDerives(ITypeSymbol? type, string name) => type is not null && (type.IsNamed(name) || IsOrDerives(type.BaseType, name));

    private static bool EndsInThrow(IOperation statement) => statement is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } or IReturnOperation;

    // What is in a lambda or a local function is of another time.
    private static IEnumerable<IOperation> Own(IOperation operation) => operation is IAnonymousFunctionOperation or ILocalFunctionOperation
        ? []
        : operation.ChildOperations.SelectMany(Own).Prepend(operation);
}
