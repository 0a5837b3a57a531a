using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What a handler does, with the worker's values in place of the parameters, and its own class in place of what is overridable.</summary>
internal static class RootEvents
{
    private const int Depth = 4;

    public static IReadOnlyList<EffectEvent> Of(Summary summary, Handler handler, EffectModel model, CancellationToken cancellationToken)
    {
        List<EffectEvent> events = [];
        Add(summary.Events, Binding.OfHandler, around: null, depth: 0);
        return Ordering.Ordered(events);

        void Add(IEnumerable<EffectEvent> from, Binding binding, EffectEvent? around, int depth)
        {
            foreach (EffectEvent happened in from)
            {
                EffectEvent bound = happened with { Call = happened.Call.Bound(binding) };
                if (around is not null)
                {
                    bound = bound with
                    {
                        Chain = Joined(around.Chain, bound.Chain),
                        Guards = bound.Guards | around.Guards,
                        Path = around.Path,
                        IsFollowed = bound.IsFollowed || around.IsFollowed,
                    };
                }

                if (happened.Kind == EventKind.Virtual && depth < Depth && bound.Call.Method is { } member &&
                    CallTargets.Implementation(handler.Type.OriginalDefinition, member.OriginalDefinition) is { DeclaringSyntaxReferences.IsEmpty: false } target)
                {
                    Add(model.SummaryOf(target, out _, cancellationToken).Events, new Binding(bound.Call.Values), bound, depth + 1);
                }
                else
                {
                    events.Add(bound);
                }
            }
        }
    }

    private static Chain Joined(Chain outer, Chain inner) => new(outer.Name, outer.Location, outer.Next is { } next ? Joined(next, inner) : inner);
}
