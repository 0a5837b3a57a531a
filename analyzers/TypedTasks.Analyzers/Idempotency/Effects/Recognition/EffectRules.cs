namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Rules for what is recognised by its form rather than by a name.</summary>
internal static class EffectRules
{
    private static readonly EffectRule[] ByKind = [.. ((EffectKind[])Enum.GetValues(typeof(EffectKind))).Select(kind => new EffectRule(kind))];

    public static EffectRule NavigationAdd { get; } = new(EffectKind.StagedInsert) { Entity = ["item"] };

    public static EffectRule Write => Of(EffectKind.Write);

    public static EffectRule Of(EffectKind kind) => ByKind[(int)kind];
}
