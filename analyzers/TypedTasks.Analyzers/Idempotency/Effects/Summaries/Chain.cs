using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>The calls from a method to an effect, outermost first; each hop is where the call is written and what it calls.</summary>
internal sealed class Chain
{
    public Chain(string name, Location location, Chain? next = null)
    {
        Name = name;
        Location = location;
        Next = next;
        Length = 1 + (next?.Length ?? 0);
    }

    /// <summary>What is called: <c>Billing.Charge</c>.</summary>
    public string Name { get; }

    public Location Location { get; }

    public Chain? Next { get; }

    public int Length { get; }

    public IEnumerable<Chain> Hops
    {
        get
        {
            for (Chain? hop = this; hop is not null; hop = hop.Next)
            {
                yield return hop;
            }
        }
    }

    /// <summary>Where the effect itself is.</summary>
    public Chain Leaf
    {
        get
        {
            Chain leaf = this;
            while (leaf.Next is { } next)
            {
                leaf = next;
            }

            return leaf;
        }
    }
}
