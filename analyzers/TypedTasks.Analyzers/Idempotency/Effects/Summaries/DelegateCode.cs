using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What a delegate does when it is called, in the terms of the method that made it.</summary>
internal sealed class DelegateCode(IReadOnlyList<EffectEvent> events, Value returns, Facts? written)
{
    public IReadOnlyList<EffectEvent> Events { get; } = events;

    public Value Returns { get; } = returns;

    /// <summary>What it writes into its own parameters: <c>context => context.MessageId = id</c>.</summary>
    public Facts? Written { get; } = written;

    public DelegateCode Bound(Binding binding) => new(
        [.. Events.Select(happened => happened with { Call = happened.Call.Bound(binding) })],
        binding.Bind(Returns, 2),
        Written?.Bound(binding));
}
