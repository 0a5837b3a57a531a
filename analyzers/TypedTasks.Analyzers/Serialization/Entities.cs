using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Serialization;

/// <summary>Entity Framework's entities, where a project uses it.</summary>
internal static class Entities
{
    private const string Context = "Microsoft.EntityFrameworkCore.DbContext";
    private const string Set = "Microsoft.EntityFrameworkCore.DbSet";

    /// <summary>The context of this compilation, or of the type's own assembly, that has a set of the type; or null.</summary>
    public static INamedTypeSymbol? ContextOf(INamedTypeSymbol type, TaskCompilation tasks, CancellationToken cancellationToken)
    {
        if (tasks.Compilation.GetTypeByMetadataName(Context) is null || type.TypeKind != TypeKind.Class)
        {
            return null;
        }

        return tasks.SourceTypes(cancellationToken)
            .Where(candidate => DerivesFromContext(candidate) && candidate.GetMembers().OfType<IPropertySymbol>().Any(property =>
                property.Type is INamedTypeSymbol { TypeArguments: [var entity] } set && set.IsNamed(Set) && SymbolEqualityComparer.Default.Equals(entity, type)))
            .OrderBy(candidate => candidate.ToDisplayString(), StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static bool DerivesFromContext(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.IsNamed(Context))
            {
                return true;
            }
        }

        return false;
    }
}
