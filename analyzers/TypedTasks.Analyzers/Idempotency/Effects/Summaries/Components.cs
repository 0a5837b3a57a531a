using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>
/// The strongly connected components of the calls below a root, called methods first (Tarjan's algorithm).
/// The methods of one component come in the order of their documentation ids, whatever the order of the files.
/// </summary>
internal sealed class Components(Func<IMethodSymbol, IEnumerable<IMethodSymbol>> calls)
{
    private readonly Dictionary<IMethodSymbol, int> _index = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, int> _low = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IMethodSymbol> _open = new(SymbolEqualityComparer.Default);
    private readonly Stack<IMethodSymbol> _stack = new();
    private readonly List<IReadOnlyList<IMethodSymbol>> _found = [];

    public IReadOnlyList<IReadOnlyList<IMethodSymbol>> From(IMethodSymbol root)
    {
        Visit(root);
        return _found;
    }

    // As deep as the reach of a root, which is bounded.
    private void Visit(IMethodSymbol method)
    {
        _index[method] = _low[method] = _index.Count;
        _stack.Push(method);
        _open.Add(method);
        foreach (IMethodSymbol called in calls(method))
        {
            if (!_index.TryGetValue(called, out int index))
            {
                Visit(called);
                _low[method] = Math.Min(_low[method], _low[called]);
            }
            else if (_open.Contains(called))
            {
                _low[method] = Math.Min(_low[method], index);
            }
        }

        if (_low[method] == _index[method])
        {
            List<IMethodSymbol> component = [];
            IMethodSymbol member;
            do
            {
                member = _stack.Pop();
                _open.Remove(member);
                component.Add(member);
            }
            while (!SymbolEqualityComparer.Default.Equals(member, method));

            // Few methods call each other, and an id takes long to write.
            _found.Add(component.Count == 1 ? component : [.. component.OrderBy(one => one.GetDocumentationCommentId() ?? one.Name, StringComparer.Ordinal)]);
        }
    }
}
