using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What the catch clauses of a try say: "done before", or nothing at all.</summary>
internal static class Catches
{
    private static readonly string[] UniqueViolations =
    [
        "DbUpdateException", "UniqueConstraintException", "SqlException", "PostgresException", "NpgsqlException", "MySqlException", "SqliteException",
        "OracleException", "DbException", "MongoWriteException", "MongoDuplicateKeyException", "DuplicateKeyException", "CosmosException", "RequestFailedException",
    ];

    // Helpers of helpers of a catch are not looked into without end.
    private const int DeepestHelper = 3;

    /// <summary>What the catches take for "done before".</summary>
    public static Guards GuardOf(ITryOperation attempt)
    {
        Guards guards = Guards.None;
        foreach (ICatchClauseOperation handler in attempt.Catches)
        {
            if (handler.Filter is null && AlwaysThrows(handler.Handler))
            {
                continue;
            }

            if (UniqueViolations.Contains(handler.ExceptionType?.Name))
            {
                guards |= Guards.UniqueViolation;
            }

            if (handler.DescendantsAndSelf().Any(IsConflict))
            {
                guards |= Guards.HttpConflict;
            }
        }

        return guards;
    }

    /// <summary><c>HttpStatusCode.Conflict</c>.</summary>
    public static bool IsConflict(IOperation operation) =>
        operation is IFieldReferenceOperation { Field: { Name: "Conflict", ContainingType.Name: "HttpStatusCode" } };

    /// <summary>The clause that catches every failure and passes none on, or null.</summary>
    /// <param name="attempt">The try.</param>
    /// <param name="catalogue">What serves logs.</param>
    /// <param name="bodyOf">The body of a method that is certain to run, or null.</param>
    public static ICatchClauseOperation? Swallowing(ITryOperation attempt, EffectCatalogue catalogue, Func<IMethodSymbol, IOperation?> bodyOf)
    {
        foreach (ICatchClauseOperation handler in attempt.Catches)
        {
            bool takesAll = handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } ||
                (handler.ExceptionType.Name == "Exception" && handler.ExceptionType.ContainingNamespace?.Name == "System");
            if (takesAll && IsUnconditional(handler) && IsIdle(handler.Handler, catalogue, bodyOf, 0) && !IsJudgedLater(attempt))
            {
                return handler;
            }
        }

        return null;
    }

    /// <summary>The head of the clause: the keyword and what it declares.</summary>
    public static Location PlaceOf(ICatchClauseOperation handler) =>
        handler.Syntax is CatchClauseSyntax clause ? (clause.Declaration?.GetLocation() ?? clause.CatchKeyword.GetLocation()) : handler.Syntax.GetLocation();

    // "Whatever it is, but for cancellation" takes every failure; any other filter chooses.
    private static bool IsUnconditional(ICatchClauseOperation handler) =>
        handler.Filter is null || (handler.Filter.Syntax.ToString() is var filter && filter.Contains("not OperationCanceledException"));

    /// <summary>Whether the handler does nothing but tell a log: whatever else it does may be its way of dealing with the failure.</summary>
    private static bool IsIdle(IOperation handler, EffectCatalogue catalogue, Func<IMethodSymbol, IOperation?> bodyOf, int depth)
    {
        foreach (IOperation operation in handler.Descendants())
        {
            switch (operation)
            {
                case IThrowOperation:
                case IAssignmentOperation:
                case IIncrementOrDecrementOperation:
                case IBranchOperation:
                case IObjectCreationOperation:
                case IReturnOperation { ReturnedValue: { } returned } when !IsCompletedTask(returned):
                    return false;
                case IInvocationOperation invocation when !catalogue.IsObserved(invocation.TargetMethod.ContainingType) && !IsText(invocation.TargetMethod) &&
                    !(depth < DeepestHelper && bodyOf(invocation.TargetMethod) is { } helper && IsIdle(helper, catalogue, bodyOf, depth + 1)):
                    return false;
            }
        }

        return true;
    }

    // What follows the try looks at what became of it.
    private static bool IsJudgedLater(ITryOperation attempt)
    {
        for (IOperation inner = attempt; inner.Parent is IBlockOperation block; inner = block)
        {
            foreach (IOperation later in block.Operations.SkipWhile(statement => !ReferenceEquals(statement, inner)).Skip(1))
            {
                if (later is not ILocalFunctionOperation && later.DescendantsAndSelf().Any(operation => operation is IThrowOperation || (operation is IReturnOperation { ReturnedValue: { } returned } && !IsCompletedTask(returned))))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsCompletedTask(IOperation returned) =>
        returned.Syntax.ToString() is "Task.CompletedTask" or "ValueTask.CompletedTask" or "default";

    private static bool IsText(IMethodSymbol method) => method.Name is "ToString" or "Format" || method.ContainingType.SpecialType == SpecialType.System_String;

    private static bool AlwaysThrows(IBlockOperation handler) => handler.Operations.Any(statement =>
        statement is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation });
}
