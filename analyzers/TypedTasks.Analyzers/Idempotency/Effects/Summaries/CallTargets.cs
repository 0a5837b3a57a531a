using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Which source methods a call reaches: itself, or the implementations that this compilation has.</summary>
internal sealed class CallTargets(Compilation compilation, EffectCatalogue catalogue)
{
    private const int MostCandidates = 8;

    private readonly Lazy<Subtypes> _subtypes = new(() => new Subtypes(compilation));

    /// <summary>The method whose body runs, or null where it is elsewhere, or not certain.</summary>
    /// <param name="method">The method as called.</param>
    /// <param name="receiver">The receiver's type where it is known exactly, or null.</param>
    /// <param name="isVirtual">Whether the call looks for an override.</param>
    public IMethodSymbol? Resolve(IMethodSymbol method, ITypeSymbol? receiver, bool isVirtual) =>
        Candidates(method, receiver, isVirtual) is [var only] ? only : null;

    /// <summary>The methods of which one runs; none where its body is elsewhere, or where there are too many.</summary>
    /// <param name="method">The method as called.</param>
    /// <param name="receiver">The receiver's type where it is known exactly, or null.</param>
    /// <param name="isVirtual">Whether the call looks for an override.</param>
    public IReadOnlyList<IMethodSymbol> Candidates(IMethodSymbol method, ITypeSymbol? receiver, bool isVirtual)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, compilation.Assembly) || catalogue.IsExternal(definition))
        {
            return [];
        }

        bool isOverridable = isVirtual && !definition.IsStatic &&
            (definition.ContainingType.TypeKind == TypeKind.Interface || ((definition.IsVirtual || definition.IsAbstract || definition.IsOverride) && !definition.IsSealed));
        if (!isOverridable)
        {
            return [definition];
        }

        if (receiver is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } exact)
        {
            return Implementation(exact.OriginalDefinition, definition) is { } own ? [own] : [];
        }

        INamedTypeSymbol? closed = ClosedInterface(method.ContainingType);
        List<IMethodSymbol> found = definition.IsAbstract ? [] : [definition];
        foreach (INamedTypeSymbol subtype in _subtypes.Value.Of(definition.ContainingType, closed))
        {
            IMethodSymbol? implementation = Implementation(subtype, definition, closed);
            if (implementation is null || found.Contains(implementation, SymbolEqualityComparer.Default))
            {
                continue;
            }

            if (found.Count == MostCandidates)
            {
                return [];
            }

            found.Add(implementation);
        }

        // In an order that does not depend on that of the files.
        return found.Count < 2 ? found : [.. found.OrderBy(candidate => candidate.ToDisplayString(), StringComparer.Ordinal)];
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
