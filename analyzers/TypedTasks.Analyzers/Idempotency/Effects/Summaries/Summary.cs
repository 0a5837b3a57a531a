namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What a method does, as its callers need it: made once per compilation, in terms of the method's parameters.</summary>
internal sealed class Summary
{
    /// <summary>More events than this are left out, and the summary is incomplete.</summary>
    public const int MostEvents = 256;

    /// <summary>The longest chain of calls that is followed.</summary>
    public const int MostHops = 24;

    public static Summary Empty { get; } = new();

    public IReadOnlyList<EffectEvent> Events { get; init; } = [];

    public Value Returns { get; init; } = Value.Stable;

    /// <summary>What the method writes into the objects passed to it, by parameter; 0 is the receiver.</summary>
    public IReadOnlyDictionary<int, Facts> Writes { get; init; } = new Dictionary<int, Facts>();

    /// <summary>Whether this is the same as another, as far as callers can tell: what ends the rounds over methods that call each other.</summary>
    public bool IsSame(Summary other) =>
        Events.Count == other.Events.Count && Returns.Taint == other.Returns.Taint && Writes.Count == other.Writes.Count;
}
