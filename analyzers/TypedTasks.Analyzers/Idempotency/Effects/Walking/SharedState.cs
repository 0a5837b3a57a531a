using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Changes of static state by a call: <c>Interlocked.Increment(ref sent)</c>, <c>Recent.Add(id)</c>.</summary>
internal static class SharedState
{
    public static bool IsChange(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (method.ContainingType is { Name: "Interlocked", ContainingNamespace.Name: "Threading" })
        {
            return method.Name is "Increment" or "Decrement" or "Add" && invocation.Arguments.Length > 0 && IsStatic(invocation.Arguments[0].Value);
        }

        if (method is { Name: "AddOrUpdate", ContainingType.Name: "ConcurrentDictionary" })
        {
            // The new value is made of the old one.
            return IsStatic(invocation.Instance) && invocation.Arguments.Any(argument => argument.Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters.Length: > 1 } update } &&
                update.Body.Descendants().Any(part => part is IIncrementOrDecrementOperation || (part is IBinaryOperation binary && Modifications.IsArithmetic(binary.OperatorKind))));
        }

        return method.Name is "Add" or "AddRange" or "Enqueue" or "Push" or "AddLast" or "AddFirst" or "Insert" &&
            method.ContainingType.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Collections.Concurrent" or "System.Collections" &&
            !(method.ContainingType.Name.Contains("Set") || method.ContainingType.Name.Contains("Dictionary")) &&
            IsStatic(invocation.Instance);
    }

    public static bool IsNumber(ITypeSymbol? type) => type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double };

    private static bool IsStatic(IOperation? operation) =>
        operation is IMemberReferenceOperation { Member: { IsStatic: true } member } && !Vocabulary.IsMetric(member.Name);
}
