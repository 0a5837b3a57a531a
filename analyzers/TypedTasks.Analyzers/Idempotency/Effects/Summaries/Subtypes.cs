using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Who derives from, implements or handles what, in one compilation; made of all its types at once.</summary>
internal sealed class Subtypes
{
    private readonly Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> _subtypes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<INamedTypeSymbol, List<IMethodSymbol>> _handlers = new(SymbolEqualityComparer.Default);
    private readonly IAssemblySymbol _assembly;
    private bool _hasInbox;

    public Subtypes(Compilation compilation)
    {
        _assembly = compilation.Assembly;
        Stack<INamespaceOrTypeSymbol> waiting = new([_assembly.GlobalNamespace]);
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
                Add(type);
            }
        }
    }

    /// <summary>The types that may be behind a type.</summary>
    /// <param name="type">A class or interface.</param>
    /// <param name="closed">Of a generic interface, which one is meant: types that implement just this one come before those that implement any.</param>
    public IReadOnlyList<INamedTypeSymbol> Of(INamedTypeSymbol type, INamedTypeSymbol? closed)
    {
        if (!_subtypes.TryGetValue(type.OriginalDefinition, out List<INamedTypeSymbol>? found))
        {
            return [];
        }

        if (closed is null)
        {
            return found;
        }

        List<INamedTypeSymbol> exact = found.FindAll(subtype => !subtype.IsGenericType && subtype.AllInterfaces.Contains(closed, SymbolEqualityComparer.Default));
        return exact.Count > 0 ? exact : found.FindAll(subtype => subtype.IsGenericType);
    }

    /// <summary>The methods that handle a request or notification; none where something before them looks for what was handled already.</summary>
    public IReadOnlyList<IMethodSymbol> HandlersOf(INamedTypeSymbol request) =>
        !_hasInbox && _handlers.TryGetValue(request.OriginalDefinition, out List<IMethodSymbol>? handlers) ? handlers : [];

    private void Add(INamedTypeSymbol type)
    {
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            Add(implemented, type);
            if (implemented.IsGenericType)
            {
                AddHandler(implemented, type);
            }
        }

        for (INamedTypeSymbol? current = type.BaseType; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            Add(current, type);
        }
    }

    private void Add(INamedTypeSymbol of, INamedTypeSymbol subtype)
    {
        INamedTypeSymbol definition = of.OriginalDefinition;
        if (!SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, _assembly))
        {
            return;
        }

        if (!_subtypes.TryGetValue(definition, out List<INamedTypeSymbol>? list))
        {
            _subtypes[definition] = list = [];
        }

        list.Add(subtype);
    }

    private void AddHandler(INamedTypeSymbol implemented, INamedTypeSymbol type)
    {
        _hasInbox |= implemented.Name == "IPipelineBehavior" && Mediators.IsInbox(type.Name);
        if (!Mediators.IsHandler(implemented) || implemented.TypeArguments[0] is not INamedTypeSymbol request || !SymbolEqualityComparer.Default.Equals(request.ContainingAssembly, _assembly))
        {
            return;
        }

        foreach (ISymbol member in implemented.GetMembers())
        {
            if (member is IMethodSymbol { Parameters: [{ } parameter, ..] } && SymbolEqualityComparer.Default.Equals(parameter.Type, request) &&
                type.FindImplementationForInterfaceMember(member) is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false, IsAbstract: false } method)
            {
                if (!_handlers.TryGetValue(request.OriginalDefinition, out List<IMethodSymbol>? list))
                {
                    _handlers[request.OriginalDefinition] = list = [];
                }

                list.Add(method.OriginalDefinition);
            }
        }
    }
}
