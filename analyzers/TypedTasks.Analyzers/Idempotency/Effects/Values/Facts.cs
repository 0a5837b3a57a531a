using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>
/// What is known of one object: the values given to its members, by constructor arguments, initializers, assignments and calls such as
/// <c>request.Headers.Add("Idempotency-Key", id)</c>. One thread writes it, while it walks one body; afterwards it is only read.
/// </summary>
internal sealed class Facts
{
    /// <summary>The name under which a collection knows what is in it.</summary>
    public const string Element = "[]";

    private const int Most = 48;
    private const int Depth = 3;

    private Dictionary<string, Value>? _members;

    /// <summary>The object's type as created, or null.</summary>
    public ITypeSymbol? Type { get; init; }

    /// <summary>Whether this is a copy of an object whose making is not seen: a member that is not known here was given all the same.</summary>
    public bool IsCopy { get; init; }

    public bool IsEmpty => _members is null;

    public IEnumerable<KeyValuePair<string, Value>> Members => _members ?? Enumerable.Empty<KeyValuePair<string, Value>>();

    public void Set(string name, Value value)
    {
        _members ??= new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase);
        if (_members.Count < Most || _members.ContainsKey(name))
        {
            _members[name] = value;
        }
    }

    public Value? Get(string name) => _members is not null && _members.TryGetValue(name, out Value? value) ? value : null;

    /// <summary>Takes over the members of another object.</summary>
    public void Add(Facts other)
    {
        if (ReferenceEquals(this, other))
        {
            return;
        }

        foreach (KeyValuePair<string, Value> member in other.Members)
        {
            Set(member.Key, member.Value);
        }
    }

    /// <summary>These facts with the caller's values in place of the parameters.</summary>
    public Facts Bound(Binding binding, int depth = 0)
    {
        // Always an object of its own: whoever binds goes on writing into it.
        Facts bound = new() { Type = Type, IsCopy = IsCopy };
        if (depth < Depth)
        {
            foreach (KeyValuePair<string, Value> member in Members)
            {
                bound.Set(member.Key, binding.Bind(member.Value, depth + 1));
            }
        }

        return bound;
    }
}
