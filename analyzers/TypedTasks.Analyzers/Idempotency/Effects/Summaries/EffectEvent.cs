using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What protects a place in a method from being reached a second time, or its effect from being done twice.</summary>
[Flags]
internal enum Guards
{
    None = 0,

    /// <summary>Within <c>OnceAsync</c>.</summary>
    Once = 1,

    /// <summary>Behind a look at what was done before.</summary>
    Check = 2,

    /// <summary>Within a try whose catch takes a unique violation for "done before".</summary>
    UniqueViolation = 4,

    /// <summary>The answer "409 Conflict" is taken for "done before".</summary>
    HttpConflict = 8,

    /// <summary>Declared with a reason.</summary>
    Assumed = 16,

    /// <summary>Behind a claim, which only one attempt can have: added to <see cref="Check"/>.</summary>
    Claim = 32,
}

/// <summary>What an event is.</summary>
internal enum EventKind
{
    /// <summary>A call that a rule of the catalogue knows; its verdict waits until the values are known.</summary>
    Effect,

    /// <summary>A call of <c>OnceAsync</c>.</summary>
    Scope,

    /// <summary>A call that nothing is known of.</summary>
    Unknown,

    /// <summary>A delegate parameter is called.</summary>
    Invoke,

    /// <summary>An overridable member of <c>this</c> is called; only the handler's class says which.</summary>
    Virtual,

    /// <summary>What was staged before takes effect.</summary>
    Commit,

    /// <summary>A transaction begins.</summary>
    Begin,

    /// <summary>An async void method or lambda is called or handed over.</summary>
    AsyncVoid,

    /// <summary>A task is started and not awaited.</summary>
    Discarded,

    /// <summary>Every exception is caught and none is passed on.</summary>
    Swallowed,

    /// <summary>The same, but for what was read before it: it counts unless more is done after it.</summary>
    MaybeSwallowed,

    /// <summary>A thread is held until something is done.</summary>
    Blocked,

    /// <summary>A member of a loaded object is given a value that is new in every attempt.</summary>
    Stamped,

    /// <summary>Something was left out.</summary>
    Incomplete,
}

/// <summary>One thing that happens in a method, in the order in which it happens. Immutable.</summary>
internal sealed record EffectEvent
{
    public required EventKind Kind { get; init; }

    /// <summary>From the method that the event belongs to, to where it happens.</summary>
    public required Chain Chain { get; init; }

    /// <summary>What the catalogue says of the call; the first rule whose conditions hold counts.</summary>
    public IReadOnlyList<EffectRule> Rules { get; init; } = [];

    /// <summary>The call's values.</summary>
    public CallValues Call { get; init; } = CallValues.None;

    public Guards Guards { get; init; }

    /// <summary>The arms of branches that lead here, within the method that the event belongs to.</summary>
    public BranchPath? Path { get; init; }

    /// <summary>Whether another external call follows on some path.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>Whether a failure or the end of something outside can be felt here: what makes an event "another external call" for those before it.</summary>
    public bool IsExternal { get; init; }

    /// <summary>A loop whose variables the event does not depend on (scopes only).</summary>
    public bool IsLoopInvariant { get; init; }

    /// <summary>A word of detail for messages: a scope's key as written, the reason for incompleteness.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The parameter of <see cref="EventKind.Invoke"/>.</summary>
    public int Parameter { get; init; } = -1;

    /// <summary>The constant text of the SQL that is executed here, or null.</summary>
    public string? Sql => Rules.FirstOrDefault(rule => rule.Kind == EffectKind.Sql)?.SqlIn(Call);

    /// <summary>What keeps events at one place apart from those of other places.</summary>
    public Location Site => Chain.Leaf.Location;
}

/// <summary>The arm of a branch, and the arms around it.</summary>
internal sealed class BranchPath(object branch, int arm, BranchPath? outer)
{
    /// <summary>Whether one run can pass through both.</summary>
    public static bool AreCompatible(BranchPath? one, BranchPath? other)
    {
        for (BranchPath? a = one; a is not null; a = a.Outer)
        {
            for (BranchPath? b = other; b is not null; b = b.Outer)
            {
                if (ReferenceEquals(a.Branch, b.Branch) && a.Arm != b.Arm)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private object Branch { get; } = branch;

    private int Arm { get; } = arm;

    private BranchPath? Outer { get; } = outer;
}
