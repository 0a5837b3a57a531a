using Microsoft.CodeAnalysis;

namespace TypedTasks.Shared;

/// <summary>
/// Writes a type's full name with nullable annotations. What its author left without any, because nullable is off there, is written as nullable:
/// emitted code has to say one or the other, and must not promise more than the author did.
/// </summary>
internal static class AnnotatedName
{
    public static string Of(ITypeSymbol type) => Unannotated(type) + (IsNullableReference(type) ? "?" : "");

    /// <summary>The type arguments; one without annotations is not null where its type parameter demands that, or keys a dictionary.</summary>
    public static IEnumerable<ITypeSymbol> ArgumentsOf(INamedTypeSymbol type) => type.TypeArguments.Zip(type.TypeParameters, (argument, parameter) =>
        argument is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.None } && RefusesNull(parameter)
            ? argument.WithNullableAnnotation(NullableAnnotation.NotAnnotated)
            : argument);

    private static bool RefusesNull(ITypeParameterSymbol parameter) =>
        parameter.HasNotNullConstraint ||
        parameter is { HasReferenceTypeConstraint: true, ReferenceTypeConstraintNullableAnnotation: not NullableAnnotation.Annotated } ||
        (parameter.Name == "TKey" && parameter.ContainingType?.Name != "KeyValuePair");

    private static string Unannotated(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => OfArray(array),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => $"{Of(nullable.TypeArguments[0])}?",
        INamedTypeSymbol { IsTupleType: true, TupleElements.Length: > 1 } tuple => OfTuple(tuple),
        INamedTypeSymbol named when IsGeneric(named) => OfGeneric(named),
        _ => type.FullName(),
    };

    // The ranks of arrays of arrays are written outermost first, until an annotation sets the inner type apart: string[,][] but string[]?[,].
    private static string OfArray(IArrayTypeSymbol array)
    {
        string ranks = "";
        ITypeSymbol element = array;
        while (element is IArrayTypeSymbol inner && (ranks.Length == 0 || !IsNullableReference(inner)))
        {
            ranks += $"[{new string(',', inner.Rank - 1)}]";
            element = inner.ElementType;
        }

        return Of(element) + ranks;
    }

    private static string OfTuple(INamedTypeSymbol tuple) =>
        $"({string.Join(", ", tuple.TupleElements.Select(element => element.IsExplicitlyNamedTupleElement ? $"{Of(element.Type)} {NameRules.Escape(element.Name)}" : Of(element.Type)))})";

    private static string OfGeneric(INamedTypeSymbol type)
    {
        string container = type.ContainingType is { } outer ? Unannotated(outer)
            : type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
            : "global:";
        string separator = container == "global:" ? ":" : ".";
        string arguments = type.TypeArguments.Length == 0 ? "" : $"<{string.Join(", ", ArgumentsOf(type).Select(Of))}>";
        return $"{container}{separator}{NameRules.Escape(type.Name)}{arguments}";
    }

    private static bool IsGeneric(INamedTypeSymbol? type) => type is not null && (type.TypeArguments.Length > 0 || IsGeneric(type.ContainingType));

    private static bool IsNullableReference(ITypeSymbol type) => type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated;
}
