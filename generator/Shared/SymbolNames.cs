using Microsoft.CodeAnalysis;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>Symbols as emitted code names them.</summary>
internal static class SymbolNames
{
    private static readonly SymbolDisplayFormat Dotted = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    /// <summary>The type with <c>global::</c> and nullable annotations.</summary>
    public static TypeRef ToTypeRef(this ITypeSymbol type) => new(
        AnnotatedName.Of(type),
        type.IsValueType,
        type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.NotAnnotated);

    /// <summary>The type without its outermost annotation.</summary>
    public static TypeRef ToBareTypeRef(this ITypeSymbol type) =>
        type.IsValueType ? type.ToTypeRef() : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToTypeRef();

    /// <summary>The type under a nullable value type; any other as it is.</summary>
    public static ITypeSymbol WithoutNullable(this ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    /// <summary>The outermost namespace that a symbol is in, such as <c>System</c>; empty in the global one.</summary>
    public static string RootNamespace(this ISymbol symbol)
    {
        INamespaceSymbol? space = symbol.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space?.Name ?? "";
    }

    /// <summary>The type with <c>global::</c>, without annotations: what <c>typeof</c> and <c>is</c> take.</summary>
    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary><c>Shop.Page&lt;Shop.Order&gt;</c>: for hint names and messages.</summary>
    public static string DottedName(this ITypeSymbol type) => type.ToDisplayString(Dotted);

    /// <summary>The namespace as source writes it, keywords escaped; empty for none.</summary>
    public static string NamespaceOf(ISymbol symbol) =>
        symbol.ContainingNamespace is { IsGlobalNamespace: false } container
            ? container.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted))
            : "";

    /// <summary>The least of the accessibilities of a type and of the types that contain it, as the assembly sees it: public, internal, or neither.</summary>
    public static Accessibility EffectiveAccessibility(this INamedTypeSymbol type)
    {
        Accessibility least = Accessibility.Public;
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            switch (current.DeclaredAccessibility)
            {
                case Accessibility.Public:
                    break;
                case Accessibility.Internal or Accessibility.ProtectedOrInternal:
                    least = Accessibility.Internal;
                    break;
                default:
                    return Accessibility.Private;
            }

            if (current.IsFileLocal)
            {
                return Accessibility.Private;
            }
        }

        return least;
    }
}
