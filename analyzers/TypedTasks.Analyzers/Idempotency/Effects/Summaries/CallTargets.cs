using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Which source method a call reaches: itself, or the only implementation that this compilation has.</summary>
internal sealed class CallTargets(Compilation compilation, EffectCatalogue catalogue)
{
    // Made when first needed, from all types of the compilation: who derives from or implements what.
    private readonly Lazy<Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>> _subtypes = new(() => Subtypes(compilation));

    /// <summary>The method whose body runs, or null where it is elsewhere, or not certain.</summary>
    /// <param name="method">The method as called.</param>
    /// <param name="receiver">The receiver's type where it is known exactly, or null.</param>
    /// <param name="isVirtual">Whether the call looks for an override.</param>
    public IMethodSymbol? Resolve(IMethodSymbol method, ITypeSymbol? receiver, bool isVirtual)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, compilation.Assembly) || catalogue.IsExternal(definition))
        {
            return null;
        }

        bool isOverridable = isVirtual && !definition.IsStatic &&
            (definition.ContainingType.TypeKind == TypeKind.Interface || ((definition.IsVirtual || definition.IsAbstract || definition.IsOverride) && !definition.IsSealed));
        if (!isOverridable)
        {
            return definition;
        }

        if (receiver is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } exact)
        {
            return Implementation(exact.OriginalDefinition, definition);
        }

        IMethodSymbol? only = !definition.IsAbstract ? definition : null;
        foreach (INamedTypeSymbol subtype in SubtypesOf(definition.ContainingType))
        {
            IMethodSymbol? implementation = Implementation(subtype, definition);
            if (implementation is null || SymbolEqualityComparer.Default.Equals(implementation, only))
            {
                continue;
            }

            if (only is not null)
            {
                return null;
            }

            only = implementation;
        }

        return only;
    }

    /// <summary>The method that runs when this member is called on an object of exactly this type.</summary>
    public static IMethodSymbol? Implementation(INamedTypeSymbol type, IMethodSymbol member)
    {
        if (member.ContainingType.TypeKind == TypeKind.Interface)
        {
            foreach (INamedTypeSymbol implemented in type.AllInterfaces)
            {
                if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, member.ContainingType) &&
                    implemented.GetMembers(member.Name).FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, member)) is { } constructed)
                {
                    return (type.FindImplementationForInterfaceMember(constructed) as IMethodSymbol)?.OriginalDefinition;
                }
            }

            return null;
        }

        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol candidate in current.GetMembers(member.Name))
            {
                for (IMethodSymbol? method = candidate as IMethodSymbol; method is not null; method = method.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, member))
                    {
                        return ((IMethodSymbol)candidate).IsAbstract ? null : ((IMethodSymbol)candidate).OriginalDefinition;
                    }
                }
            }
        }

        return null;
    }

    private List<INamedTypeSymbol> SubtypesOf(INamedTypeSymbol type) =>
        _subtypes.Value.TryGetValue(type.OriginalDefinition, out List<INamedTypeSymbol>? found) ? found : [];

    private static Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> Subtypes(Compilation compilation)
    {
        Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> subtypes = new(SymbolEqualityComparer.Default);
        Stack<INamespaceOrTypeSymbol> waiting = new([compilation.Assembly.GlobalNamespace]);
        while (waiting.Count > 0)
        {
            INamespaceOrTypeSymbol container = waiting.Pop();
            foreach (ISymbol member in container.GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                {
                    waiting.Push(inner);
                }
            }

            if (container is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } type)
            {
                foreach (INamedTypeSymbol implemented in type.AllInterfaces)
                {
                    Add(implemented, type);
                }

                for (INamedTypeSymbol? current = type.BaseType; current is { SpecialType: SpecialType.None }; current = current.BaseType)
                {
                    Add(current, type);
                }
            }
        }

        return subtypes;

        void Add(INamedTypeSymbol of, INamedTypeSymbol subtype)
        {
            INamedTypeSymbol definition = of.OriginalDefinition;
            if (!SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, compilation.Assembly))
            {
                return;
            }

            if (!subtypes.TryGetValue(definition, out List<INamedTypeSymbol>? list))
            {
                subtypes[definition] = list = [];
            }

            list.Add(subtype);
        }
    }
}
