using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Usage;

/// <summary>Expressions that are new each time they are evaluated, by what they are written as.</summary>
internal static class FreshValues
{
    private static readonly string[] Sources =
    [
        "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow",
        "System.TimeProvider.GetUtcNow", "System.TimeProvider.GetLocalNow", "System.TimeProvider.GetTimestamp", "System.Diagnostics.Stopwatch.GetTimestamp", "System.Environment.TickCount",
        "System.Environment.TickCount64", "System.Random.Next", "System.Random.NextInt64",
    ];

    /// <summary>What makes the expression new each time (<c>Guid.NewGuid</c>), where it does so wherever the expression stands; otherwise null.</summary>
    public static string? SourceOf(IOperation expression)
    {
        foreach (IOperation part in expression.DescendantsAndSelf())
        {
            (INamedTypeSymbol? type, string name) = part switch
            {
                IInvocationOperation invocation => (invocation.TargetMethod.ContainingType, invocation.TargetMethod.Name),
                IPropertyReferenceOperation property => (property.Property.ContainingType, property.Property.Name),
                _ => (null, ""),
            };
            if (type is not null && Array.Exists(Sources, source => source.EndsWith(name, StringComparison.Ordinal) && source[source.Length - name.Length - 1] == '.' && type.IsNamed(source.Substring(0, source.Length - name.Length - 1))))
            {
                return $"{type.Name}.{name}";
            }
        }

        return null;
    }
}
