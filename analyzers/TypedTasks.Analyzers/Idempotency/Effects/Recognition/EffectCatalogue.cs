using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>
/// What is known of other people's methods: the shipped file and the user's, asked by symbol. A user's line comes before a shipped one.
/// Safe from any thread.
/// </summary>
internal sealed class EffectCatalogue
{
    private static readonly Lazy<EffectFile> Shipped = new(ReadShipped);
    private static readonly IReadOnlyList<EffectRule> Nothing = [];

    private readonly Dictionary<string, List<EffectRule>> _byMember = new(StringComparer.Ordinal);
    private readonly List<EffectRule> _prefixes = [];
    private readonly List<EffectRule> _patterns = [];
    private readonly List<string> _external = [];
    private readonly HashSet<string> _tokens = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _references = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _readOnlyUrls = [];
    private readonly List<string> _observed = [];
    private readonly ConcurrentDictionary<ISymbol, IReadOnlyList<EffectRule>> _found = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamespaceSymbol, bool> _isExternal = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _isObserved = new(SymbolEqualityComparer.Default);

    public EffectCatalogue(IEnumerable<EffectFile> users)
    {
        foreach (EffectFile file in users.Concat([Shipped.Value]))
        {
            Add(file);
        }
    }

    /// <summary>Whether a header or member of this name carries what the other side recognises a repetition by.</summary>
    public bool IsToken(string name) => _tokens.Contains(name);

    /// <summary>Whether an argument of this name says which operation is meant, by which one's own interface may recognise a repetition.</summary>
    public bool IsReference(string name) => _references.Contains(name);

    /// <summary>Whether a request to this address only asks, whatever its method.</summary>
    public bool IsReadOnlyUrl(string url) => _readOnlyUrls.Exists(part => url.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Whether the code of this namespace is somebody else's, even where it is compiled along.</summary>
    public bool IsExternal(ISymbol symbol)
    {
        if (symbol.ContainingNamespace is not { } space)
        {
            return false;
        }

        if (!_isExternal.TryGetValue(space, out bool isExternal))
        {
            _isExternal[space] = isExternal = IsWithin(_external, space.ToDisplayString());
        }

        return isExternal;
    }

    /// <summary>Whether the type serves logs, metrics or traces.</summary>
    public bool IsObserved(ITypeSymbol type)
    {
        ITypeSymbol definition = type.OriginalDefinition;
        if (!_isObserved.TryGetValue(definition, out bool isObserved))
        {
            _isObserved[definition] = isObserved = definition.ContainingNamespace is { } space && IsWithin(_observed, $"{space.ToDisplayString()}.{definition.Name}");
        }

        return isObserved;
    }

    /// <summary>The rules for a member, best first.</summary>
    public IReadOnlyList<EffectRule> RulesFor(ISymbol member)
    {
        ISymbol definition = member.OriginalDefinition;
        if (!_found.TryGetValue(definition, out IReadOnlyList<EffectRule>? rules))
        {
            rules = _byMember.TryGetValue(definition.Name, out List<EffectRule>? candidates) ? Matching(candidates, definition) : Nothing;
            if (rules.Count == 0 && _prefixes.FindAll(rule => Glob.IsWordMatch(rule.Member, definition.Name)) is { Count: > 0 } prefixed)
            {
                rules = Matching(prefixed, definition);
            }

            _found.TryAdd(definition, rules);
        }

        return rules;
    }

    /// <summary>The rules by pattern for a member of which nothing else is known.</summary>
    public IReadOnlyList<EffectRule> PatternsFor(ISymbol member)
    {
        if (member.ContainingType is not { } type)
        {
            return Nothing;
        }

        // A pattern without a dot speaks of the type's own name: what a namespace is called says nothing of a call.
        string? name = null;
        return [.. _patterns.Where(rule => Glob.IsWordMatch(rule.Member, member.Name) && Glob.IsMatch(rule.Type, rule.Type.IndexOf('.') < 0 ? type.Name : name ??= NameOf(type)))];
    }

    /// <summary>Dotted, without arity and type arguments: <c>TypedTasks.ITaskClient</c>.</summary>
    public static string NameOf(INamedTypeSymbol type)
    {
        string name = type.Name;
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = $"{outer.Name}.{name}";
        }

        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{name}" : name;
    }

    private static IReadOnlyList<EffectRule> Matching(List<EffectRule> candidates, ISymbol member)
    {
        if (member.ContainingType is not { } type)
        {
            return Nothing;
        }

        // The type itself speaks before its bases, and these before its interfaces.
        List<EffectRule> found = [];
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            Collect(current);
        }

        foreach (INamedTypeSymbol inherited in type.AllInterfaces)
        {
            Collect(inherited);
        }

        return found;

        void Collect(INamedTypeSymbol owner)
        {
            string? name = null;
            foreach (EffectRule rule in candidates)
            {
                if (rule.Type.EndsWith(owner.Name, StringComparison.Ordinal) && rule.Type == (name ??= NameOf(owner)) && HasSignature(rule, member))
                {
                    found.Add(rule);
                }
            }
        }
    }

    private static bool HasSignature(EffectRule rule, ISymbol member) =>
        rule.Signature is null ||
        (member is IMethodSymbol method && string.Join(",", method.Parameters.Select(parameter => parameter.Type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat))) is var written &&
            (written == rule.Signature || (member.GetDocumentationCommentId() is { } id && id.EndsWith($"({rule.Signature})", StringComparison.Ordinal))));

    private static bool IsWithin(List<string> prefixes, string name)
    {
        foreach (string prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || name[prefix.Length] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    private static EffectFile ReadShipped()
    {
        using Stream stream = typeof(EffectCatalogue).GetTypeInfo().Assembly.GetManifestResourceStream("TypedTasks.taskeffects.txt")!;
        return EffectFile.Parse(SourceText.From(stream));
    }

    private void Add(EffectFile file)
    {
        foreach (EffectRule rule in file.Rules)
        {
            if (rule.IsPattern)
            {
                (rule.IsOfKnownType ? _prefixes : _patterns).Add(rule);
                continue;
            }

            if (!_byMember.TryGetValue(rule.Member, out List<EffectRule>? rules))
            {
                _byMember[rule.Member] = rules = [];
            }

            rules.Add(rule);
        }

        _external.AddRange(file.List("external"));
        _tokens.UnionWith(file.List("token"));
        _references.UnionWith(file.List("reference"));
        _readOnlyUrls.AddRange(file.List("read-only-url"));
        _observed.AddRange(file.List("observe"));
    }
}
