using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary><c>Task</c> and <c>ValueTask</c>, with and without a result.</summary>
internal static class Awaitables
{
    public static bool Is(ITypeSymbol? type) => type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    /// <summary>What is there when it is awaited: the result's type, or null for none.</summary>
    public static ITypeSymbol? Result(ITypeSymbol? type) =>
        !Is(type) ? (type?.SpecialType == SpecialType.System_Void ? null : type)
        : type is INamedTypeSymbol { TypeArguments.Length: 1 } generic ? generic.TypeArguments[0]
        : null;
}
