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

        // By name: an attribute's arguments are few, and two types of one name in one list are fewer.
        return written.DescendantNodes().OfType<TypeOfExpressionSyntax>().FirstOrDefault(candidate => candidate.Type.LastName() == type.Name);
    }
}
