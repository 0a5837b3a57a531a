using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What is known of the value of an expression. Immutable but for <see cref="Facts"/>, which is shared by all names of one object.</summary>
internal sealed record Value
{
    public static Value Stable { get; } = new();

    public static Value External { get; } = new() { Taint = Taint.External };

    public Taint Taint { get; init; }

    /// <summary>The constant text, with <c>{}</c> for each part that is not constant; or null.</summary>
    public string? Text { get; init; }

    /// <summary>The constant null.</summary>
    public bool IsNull { get; init; }

    /// <summary>The parameter that this value is (0 is the receiver), or -1.</summary>
    public int Parameter { get; init; } = -1;

    /// <summary>What is known of the object's members, or null.</summary>
    public Facts? Facts { get; init; }

    /// <summary>The code of a delegate, or null.</summary>
    public DelegateCode? Code { get; init; }

    /// <summary>What the value tells about whether the work was done before.</summary>
    public Evidence Evidence { get; init; }

    /// <summary>The member of an object read from outside that this value was read from, or null.</summary>
    public ISymbol? Member { get; init; }

    /// <summary>Whether this is an object that was loaded from a store.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>A bit for each parameter that, when it is loaded from a store, makes this loaded, too (0 is the receiver): what a method of an entity changes is the entity.</summary>
    public ulong LoadedWith { get; init; }

    /// <summary>The members by which a query chose what this is, or null: <c>where !order.IsSent</c>.</summary>
    public IReadOnlyCollection<ISymbol>? Chosen { get; init; }

    /// <summary>The text of the SQL that this was read by, or null.</summary>
    public string? Query { get; init; }

    /// <summary>The text of the SQL that this, or what it is made of, was read by, or null.</summary>
    public string? ReadBy { get; init; }

    /// <summary>Whether this is computed of other values.</summary>
    public bool IsComputed { get; init; }

    public static Value Of(Taint taint) => taint == default ? Stable : new Value { Taint = taint };

    /// <summary>What is known of a value that is the one or the other.</summary>
    public Value Join(Value other)
    {
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        return new Value
        {
            Taint = Taint.Join(other.Taint),
            Text = Text == other.Text ? Text : null,
            IsNull = IsNull && other.IsNull,
            Parameter = Parameter == other.Parameter ? Parameter : -1,
            Facts = Facts ?? other.Facts,
            Code = Code ?? other.Code,
            Evidence = Evidence == other.Evidence ? Evidence : Evidence.None,
            Member = SymbolEqualityComparer.Default.Equals(Member, other.Member) ? Member : null,
            IsLoaded = IsLoaded || other.IsLoaded,
            LoadedWith = LoadedWith | other.LoadedWith,
            Chosen = Chosen ?? other.Chosen,
            ReadBy = ReadBy ?? other.ReadBy,
            IsComputed = IsComputed || other.IsComputed,
        };
    }

    /// <summary>A value made of this one: it differs as this does, and nothing else is known.</summary>
    public Value Derived() => Of(Taint);
}

/// <summary>What a value tells about whether the task did its work before.</summary>
internal enum Evidence
{
    None,

    /// <summary>True, or not null, when it was done before.</summary>
    Seen,

    /// <summary>True when it was not done before, and this attempt has claimed it.</summary>
    Fresh,

    /// <summary>How much a write changed: nothing, when it was done before.</summary>
    Outcome,

    /// <summary>How many there are already.</summary>
    Count,
}
