using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Analyzers.Idempotency.Effects;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>Code that holds its thread until something else is done.</summary>
internal static class Blocking
{
    /// <summary>How a sleeping thread is told from one that waits for a task.</summary>
    public const string Sleep = "Sleep";

    /// <summary>How the operation blocks (<c>Result</c>, <c>Wait()</c>, <c>GetResult()</c>, <see cref="Sleep"/>), or null where it does not, or where the task is known to be done.</summary>
    /// <param name="operation">Any operation.</param>
    /// <param name="all">All operations of its body, asked for only where it may block.</param>
    public static string? HowOf(IOperation operation, IEnumerable<IOperation> all)
    {
        (IOperation? task, string? how) = operation switch
        {
            IInvocationOperation { TargetMethod: { Name: Sleep, ContainingType: { Name: "Thread", ContainingNamespace.Name: "Threading" } } } => (null, Sleep),
            IPropertyReferenceOperation { Property: { Name: "Result", ContainingType: var type }, Instance: { } asked } when Awaitables.Is(type) => (asked, "Result"),
            IInvocationOperation { TargetMethod: { Name: "Wait", ContainingType: var type }, Instance: { } awaited } when Awaitables.Is(type) => (awaited, "Wait()"),
            IInvocationOperation { TargetMethod: { Name: "WaitAll" or "WaitAny", IsStatic: true, ContainingType: var type } method } when Awaitables.Is(type) => (null, $"{method.Name}()"),
            IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited } } when Awaitables.Is(Configured(awaited).Type) => (Configured(awaited), "GetResult()"),
            _ => ((IOperation?)null, (string?)null),
        };
        return how is null || (task is not null && IsKnownToBeDone(task, all, operation.Syntax.SpanStart)) ? null : how;
    }

    // The task itself of task.ConfigureAwait(false), which changes nothing for who blocks.
    private static IOperation Configured(IOperation awaited) =>
        awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } ? task : awaited;

    // Awaited before, alone or by WhenAll, or asked whether it is done: then there is nothing to wait for. What is no local is not followed.
    private static bool IsKnownToBeDone(IOperation task, IEnumerable<IOperation> operations, int before)
    {
        if (task is IParameterReferenceOperation or IArrayElementReferenceOperation)
        {
            return operations.OfType<IAwaitOperation>().Any(await => await.Syntax.SpanStart < before);
        }

        return task is ILocalReferenceOperation { Local: var local } &&
            (operations.OfType<ILocalReferenceOperation>().Any(reference =>
                reference.Syntax.SpanStart < before && SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsWaitedOrAsked(reference)) ||
            operations.Any(operation => operation is IVariableDeclaratorOperation { Initializer.Value: var value, Symbol: var symbol } && SymbolEqualityComparer.Default.Equals(symbol, local) && IsFirstDone(value)) ||
            operations.OfType<IForEachLoopOperation>().Any(loop => loop.Locals.Contains(local, SymbolEqualityComparer.Default) && IsOfDone(loop, operations)));
    }

    // await Task.WhenAny(…) gives one that is done.
    private static bool IsFirstDone(IOperation value) =>
        value.Unconverted() is IAwaitOperation await && await.Descendants().Any(operation => operation is IInvocationOperation { TargetMethod: { Name: "WhenAny", ContainingType: var type } } && Awaitables.Is(type));

    // A loop over what was waited for as a whole, or over what is done one after the other: await foreach (… in Task.WhenEach(…)).
    private static bool IsOfDone(IForEachLoopOperation loop, IEnumerable<IOperation> operations) =>
        loop.Collection.DescendantsAndSelf().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "WhenEach" }) ||
        (loop.Collection.DescendantsAndSelf().OfType<ILocalReferenceOperation>().FirstOrDefault() is { Local: var all } && operations.OfType<ILocalReferenceOperation>().Any(reference =>
            reference.Syntax.SpanStart < loop.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(reference.Local, all) && IsWaitedOrAsked(reference)));

    private static bool IsWaitedOrAsked(ILocalReferenceOperation reference)
    {
        for (IOperation? current = reference.Parent; current is not (null or IBlockOperation); current = current.Parent)
        {
            if (current is IAwaitOperation or IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" })
            {
                return true;
            }
        }

        return false;
    }
}
