using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Which source method a call reaches: itself, or the only implementation that this compilation has.</summary>
internal sealed class CallTargets(Compilation compilation, EffectCatalogue catalogue)
{
    private readonly Lazy<Subtypes> _subtypes = new(() => new Subtypes(compilation));

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

        INamedTypeSymbol? closed = ClosedInterface(method.ContainingType);
        IMethodSymbol? only = !definition.IsAbstract ? definition : null;
        foreach (INamedTypeSymbol subtype in _subtypes.Value.Of(definition.ContainingType, closed))
        {
            IMethodSymbol? implementation = Implementation(subtype, definition, closed);
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

    /// <summary>The methods that a mediator calls with what it is given: <c>IRequestHandler&lt;T&gt;.Handle</c>; none where the call is not a mediator's.</summary>
    public IReadOnlyList<IMethodSymbol> HandlersOf(IInvocationOperation invocation) =>
        Mediators.RequestOf(invocation) is INamedTypeSymbol request && SymbolEqualityComparer.Default.Equals(request.ContainingAssembly, compilation.Assembly)
            ? _subtypes.Value.HandlersOf(request)
            : [];

    /// <summary>The method that runs when this member is called on an object of exactly this type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="member">A member of it, of a base or of an interface.</param>
    /// <param name="closed">Of an interface that the type may implement more than once, which.</param>
    public static IMethodSymbol? Implementation(INamedTypeSymbol type, IMethodSymbol member, INamedTypeSymbol? closed = null)
    {
        if (member.ContainingType.TypeKind == TypeKind.Interface)
        {
            foreach (INamedTypeSymbol implemented in type.AllInterfaces)
            {
                if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, member.ContainingType) &&
                    (closed is null || type.IsGenericType || SymbolEqualityComparer.Default.Equals(implemented, closed)) &&
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

    // IHandler<OrderPlaced> is somebody else's than IHandler<OrderCancelled>; of an IHandler<T> nothing more is known.
    private static INamedTypeSymbol? ClosedInterface(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Interface, IsGenericType: true } && type.TypeArguments.All(argument => argument is not ITypeParameterSymbol) ? type : null;
}
