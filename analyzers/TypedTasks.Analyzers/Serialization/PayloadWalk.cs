using Microsoft.CodeAnalysis;
using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers.Serialization;

/// <summary>A place in a contract where a value travels: a parameter, a result, or a member of a payload.</summary>
/// <param name="Symbol">The parameter, method, property or field.</param>
/// <param name="Type">The type of what travels there.</param>
internal sealed record PayloadPlace(ISymbol Symbol, ITypeSymbol Type);

/// <summary>Walks what the tasks of a contract send: each place once, each type of the user's once.</summary>
internal sealed class PayloadWalk
{
    private readonly Dictionary<string, PayloadModel> _models;
    private readonly HashSet<INamedTypeSymbol> _seen = new(SymbolEqualityComparer.Default);

    private PayloadWalk(IEnumerable<PayloadModel> payloads) => _models = payloads.ToDictionary(payload => $"{payload.CodecNamespace}.{payload.CodecName}", StringComparer.Ordinal);

    public List<PayloadPlace> Places { get; } = [];

    public List<(INamedTypeSymbol Type, PayloadModel Model)> Types { get; } = [];

    /// <summary>Walks the tasks that the contract itself declares.</summary>
    public static PayloadWalk Of(IEnumerable<PayloadModel> payloads, IEnumerable<IMethodSymbol> methods)
    {
        PayloadWalk walk = new(payloads);
        foreach (IMethodSymbol method in methods)
        {
            foreach (IParameterSymbol parameter in method.Parameters)
            {
                walk.Visit(parameter, parameter.Type);
            }

            if (method.ReturnType is INamedTypeSymbol { TypeArguments: [var result] })
            {
                walk.Visit(method, result);
            }
        }

        return walk;
    }

    /// <summary>The type itself and every type within its arguments and elements.</summary>
    public static IEnumerable<ITypeSymbol> PartsOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => PartsOf(array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: > 0 } generic => [generic, .. generic.TypeArguments.SelectMany(PartsOf)],
        _ => [type],
    };

    private void Visit(ISymbol place, ITypeSymbol type)
    {
        Places.Add(new PayloadPlace(place, type));
        foreach (INamedTypeSymbol part in PartsOf(type).OfType<INamedTypeSymbol>())
        {
            VisitType((INamedTypeSymbol)part.WithNullableAnnotation(NullableAnnotation.NotAnnotated));
        }
    }

    private void VisitType(INamedTypeSymbol type)
    {
        CodecName codec = CodecName.Of(type);
        if (!_models.TryGetValue($"{codec.Namespace}.{codec.Name}", out PayloadModel? model) || !_seen.Add(type))
        {
            return;
        }

        Types.Add((type, model));
        if (model is ObjectPayload payload)
        {
            foreach (ISymbol member in MembersOf(type).Where(member => payload.Members.Any(sent => sent.Name == member.Name)))
            {
                Visit(member, TypeOf(member)!);
            }
        }
        else
        {
            foreach (AttributeData attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass?.IsNamed(KnownSymbols.UnionAttribute) == true && attribute.ConstructorArguments is [_, { Value: INamedTypeSymbol derived }])
                {
                    VisitType(derived);
                }
            }
        }
    }

    /// <summary>The public instance properties and fields, inherited ones included.</summary>
    public static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers())
            {
                if (!member.IsStatic && member.DeclaredAccessibility == Accessibility.Public && member is IPropertySymbol { IsIndexer: false } or IFieldSymbol && names.Add(member.Name))
                {
                    yield return member;
                }
            }
        }
    }

    /// <summary>The public properties and fields of base types that a property or field of a more derived type hides, each with the one that does.</summary>
    public static IEnumerable<(ISymbol Hidden, ISymbol By)> HiddenMembersOf(INamedTypeSymbol type)
    {
        Dictionary<string, ISymbol> nearest = new(StringComparer.Ordinal);
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers())
            {
                if (member.IsStatic || member.DeclaredAccessibility == Accessibility.Private || member is not (IPropertySymbol { IsIndexer: false } or IFieldSymbol))
                {
                    continue;
                }

                if (member.DeclaredAccessibility == Accessibility.Public && nearest.TryGetValue(member.Name, out ISymbol? by) && !Overrides(by, member))
                {
                    yield return (member, by);
                }

                nearest[member.Name] = member;
            }
        }
    }

    private static bool Overrides(ISymbol member, ISymbol other) =>
        member is IPropertySymbol { OverriddenProperty: { } overridden } && SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, other.OriginalDefinition);

    private static ITypeSymbol? TypeOf(ISymbol member) => (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type;
}
