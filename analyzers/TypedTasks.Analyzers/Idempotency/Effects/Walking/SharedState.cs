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

        if (method is { Name: "Update", ContainingType.Name: "ImmutableInterlocked" })
        {
            // A list that is swapped for a longer one; a set or a dictionary has each of its keys once.
            return invocation.Arguments.Length > 1 && IsStatic(invocation.Arguments[0].Value) && invocation.Arguments[1].Value.Descendants().OfType<IInvocationOperation>().Any(part =>
                part.TargetMethod is { Name: "Add" or "AddRange" or "Insert" or "Enqueue" or "Push", ContainingType.Name: "ImmutableList" or "ImmutableArray" or "ImmutableQueue" or "ImmutableStack" });
        }

        if (method is { Name: "WriteAsync" or "TryWrite", ContainingType: { Name: "ChannelWriter", ContainingNamespace.Name: "Channels" } })
        {
            // What is only a signal says nothing twice.
            return IsOfObject(invocation.Instance) && invocation.Arguments.Length > 0 && invocation.Arguments[0].Value is { ConstantValue.HasValue: false } and not IDefaultValueOperation;
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

    /// <summary>The static member that is counted up by an assignment, or null: <c>Sent = Sent + 1</c>, <c>Counts[key] = Counts.GetValueOrDefault(key) + 1</c>.</summary>
    public static ISymbol? CountedUp(ISimpleAssignmentOperation assignment)
    {
        IOperation counted = assignment.Target is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } of } ? of : assignment.Target;
        return IsStatic(counted) && IsNumber(assignment.Target.Type) && counted is IMemberReferenceOperation { Member: { } member } &&
            Modifications.IsComputedOf(assignment.Value, part => SymbolEqualityComparer.Default.Equals(part.Member, member))
                ? member
                : null;
    }

    public static bool IsNumber(ITypeSymbol? type) => type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double };

    // A field of the object, or a parameter of its primary constructor: it outlives the call. A channel of the method's own does not.
    private static bool IsOfObject(IOperation? operation) => operation?.Unconverted() switch
    {
        IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } => true,
        IMemberReferenceOperation member => IsOfObject(member.Instance),
        IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } => true,
        _ => false,
    };

    private static bool IsStatic(IOperation? operation) =>
        operation is IMemberReferenceOperation { Member: { IsStatic: true } member } && !Vocabulary.IsMetric(member.Name);
}
