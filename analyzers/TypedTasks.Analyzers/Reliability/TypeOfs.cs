using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>Finds a <c>typeof</c> in an attribute.</summary>
internal static class TypeOfs
{
    /// <summary>The <c>typeof</c> that names the type in the attribute's argument, or null.</summary>
    public static TypeOfExpressionSyntax? Find(AttributeData attribute, string argument, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (attribute.Syntax(cancellationToken)?.Argument(argument) is not { } written)
        {
            return null;
        }

        TypeOfExpressionSyntax[] candidates = [.. written.DescendantNodes().OfType<TypeOfExpressionSyntax>()];
        ImmutableArray<TypedConstant> values = attribute.NamedArguments.FirstOrDefault(named => named.Key == argument).Value is { Kind: TypedConstantKind.Array, IsNull: false } list ? list.Values : [];

        // By its place in the list, which holds for an alias too; by name where the list is written in another way.
        int place = candidates.Length == values.Length ? values.IndexOf(values.FirstOrDefault(value => SymbolEqualityComparer.Default.Equals(value.Value as ISymbol, type))) : -1;
        return place >= 0 ? candidates[place] : candidates.FirstOrDefault(candidate => candidate.Type.LastName() == type.Name);
    }
}
