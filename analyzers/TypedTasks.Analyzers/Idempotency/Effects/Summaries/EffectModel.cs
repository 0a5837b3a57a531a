using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>
/// What the methods of one compilation do: a summary for each that a handler reaches, made once, from the called methods up.
/// Safe from any thread; a summary depends on the compilation alone, never on who asked first.
/// </summary>
internal sealed class EffectModel
{
    /// <summary>A root that reaches more methods than this is analysed as far as these go.</summary>
    public const int MostMethods = 400;

    private const int MostRounds = 4;

    private readonly ConcurrentDictionary<IMethodSymbol, Summary> _summaries = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, IReadOnlyList<IMethodSymbol>> _calls = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, Value> _initializers = new(SymbolEqualityComparer.Default);
    private readonly Compilation _compilation;

    public EffectModel(Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        Catalogue = new EffectCatalogue(EffectFiles.Read(options, cancellationToken).Select(file => file.File));
        Bodies = new MethodBodies(compilation);
        Targets = new CallTargets(compilation, Catalogue);
    }

    public EffectCatalogue Catalogue { get; }

    public MethodBodies Bodies { get; }

    public CallTargets Targets { get; }

    /// <summary>The summary of a root: a handler, or a method that declares its effects.</summary>
    /// <param name="root">A method with a body in this compilation.</param>
    /// <param name="isComplete">False where the root reaches more methods than are looked at.</param>
    /// <param name="cancellationToken">Ends the analysis.</param>
    public Summary SummaryOf(IMethodSymbol root, out bool isComplete, CancellationToken cancellationToken)
    {
        List<IMethodSymbol> reached = Reach(root, cancellationToken);
        isComplete = reached.Count <= MostMethods;
        if (isComplete && _summaries.TryGetValue(root, out Summary? known))
        {
            return known;
        }

        // A root that reaches too much is summarized with what it may look at, and nobody else gets to see that.
        ConcurrentDictionary<IMethodSymbol, Summary> summaries = isComplete ? _summaries : new(SymbolEqualityComparer.Default);
        HashSet<IMethodSymbol> within = new(reached.Take(MostMethods), SymbolEqualityComparer.Default);
        foreach (IReadOnlyList<IMethodSymbol> component in new Components(method => CallsOf(method, cancellationToken).Where(within.Contains)).From(root))
        {
            Summarize(component, summaries, cancellationToken);
        }

        return summaries[root];
    }

    /// <summary>The value that a field or property is initialized with; stable where it has none.</summary>
    public Value InitializerOf(ISymbol member, CancellationToken cancellationToken)
    {
        if (_initializers.TryGetValue(member, out Value? known))
        {
            return known;
        }

        // Stable while it is being asked for, so that initializers that name each other come to an end.
        Value value = Value.Stable;
        if (Bodies.InitializerOf(member, cancellationToken) is { } initializer)
        {
            value = new BodyWalker(this, null, _ => null, cancellationToken).Evaluate(initializer);
        }

        _initializers.TryAdd(member, value);
        return value;
    }

    private void Summarize(IReadOnlyList<IMethodSymbol> component, ConcurrentDictionary<IMethodSymbol, Summary> summaries, CancellationToken cancellationToken)
    {
        if (component.All(summaries.ContainsKey))
        {
            return;
        }

        // Methods that call each other start with nothing and are gone over, in one order, until nothing is added.
        bool isRecursive = component.Count > 1 || CallsOf(component[0], cancellationToken).Contains(component[0], SymbolEqualityComparer.Default);
        Dictionary<IMethodSymbol, Summary> made = new(SymbolEqualityComparer.Default);
        foreach (IMethodSymbol method in component)
        {
            made[method] = Summary.Empty;
        }

        bool changed = true;
        for (int round = 0; changed && round < (isRecursive ? MostRounds : 1); round++)
        {
            changed = false;
            foreach (IMethodSymbol method in component)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Bodies.BodyOf(method, cancellationToken) is { } body)
                {
                    Summary summary = new BodyWalker(this, method, Lookup, cancellationToken).Summarize(body);
                    changed |= !made[method].IsSame(summary);
                    made[method] = summary;
                }
            }
        }

        foreach (KeyValuePair<IMethodSymbol, Summary> summary in made)
        {
            summaries.TryAdd(summary.Key, summary.Value);
        }

        Summary? Lookup(IMethodSymbol method) => made.TryGetValue(method, out Summary? summary) || summaries.TryGetValue(method, out summary) ? summary : null;
    }

    /// <summary>The methods with bodies that a root reaches, nearest first, one more than are looked at if there are that many.</summary>
    private List<IMethodSymbol> Reach(IMethodSymbol root, CancellationToken cancellationToken)
    {
        List<IMethodSymbol> reached = [root];
        HashSet<IMethodSymbol> seen = new(SymbolEqualityComparer.Default) { root };
        for (int i = 0; i < reached.Count && reached.Count <= MostMethods; i++)
        {
            foreach (IMethodSymbol called in CallsOf(reached[i], cancellationToken))
            {
                if (reached.Count <= MostMethods && seen.Add(called))
                {
                    reached.Add(called);
                }
            }
        }

        return reached;
    }

    private IReadOnlyList<IMethodSymbol> CallsOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (!_calls.TryGetValue(method, out IReadOnlyList<IMethodSymbol>? calls))
        {
            calls = new CallCollector(this).Collect(Bodies.CallersIn(method, cancellationToken));
            _calls.TryAdd(method, calls);
        }

        return calls;
    }
}
