using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What is to be said of one effect.</summary>
/// <param name="Rule">The rule that it breaks, or null where it is harmless to repeat.</param>
/// <param name="Kind">What the effect turned out to be.</param>
/// <param name="Source">What is different in every attempt, for TT418.</param>
internal readonly record struct Verdict(DiagnosticDescriptor? Rule, EffectKind Kind, string? Source = null)
{
    /// <summary>Whether a repetition does harm; one that only fails does not.</summary>
    public bool IsUnsafe => Rule is not null && Rule.Id != RuleIds.RerunFails;

    public static Verdict Harmless(EffectKind kind) => new(null, kind);
}
