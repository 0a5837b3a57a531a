namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Finds which effects are followed by another external call, where a failure runs the task, and so the effect, again.</summary>
internal static class Ordering
{
    public static IReadOnlyList<EffectEvent> Ordered(List<EffectEvent> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i] is { Kind: EventKind.Effect, IsFollowed: false } happened && TakesEffectAt(events, i) is { } at && IsFollowed(events, at, happened))
            {
                events[i] = happened with { IsFollowed = true };
            }
        }

        return events;
    }

    /// <summary>Whether the effect waits for a commit: it was staged, or a transaction was open.</summary>
    public static bool IsPending(IReadOnlyList<EffectEvent> events, int index) =>
        IsStaged(events[index]) || (IsDatabase(events[index]) && IsInTransaction(events, index));

    public static bool IsStaged(EffectEvent happened) => happened.Rules.Count > 0 && happened.Rules[0].Kind is EffectKind.StagedInsert or EffectKind.StagedStore or EffectKind.StagedModify;

    public static bool IsInTransaction(IReadOnlyList<EffectEvent> events, int index)
    {
        for (int i = index - 1; i >= 0; i--)
        {
            if (events[i].Kind == EventKind.Begin)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether something is done outside, rather than only read.</summary>
    public static bool IsWork(EffectEvent happened)
    {
        if (!happened.IsExternal)
        {
            return false;
        }

        EffectRule? rule = happened.Rules.FirstOrDefault(candidate => candidate.Holds(happened.Call));
        return rule?.Kind switch
        {
            EffectKind.Read or EffectKind.Seen => false,
            EffectKind.Sql => rule.SqlIn(happened.Call) is not { } text || SqlText.Judge(text).Effect != SqlEffect.Read,
            null => happened.Kind != EventKind.Unknown || !Vocabulary.IsRead(happened.Chain.Leaf.Name.Substring(happened.Chain.Leaf.Name.LastIndexOf('.') + 1)),
            _ => true,
        };
    }

    private static bool IsDatabase(EffectEvent happened) => happened.Rules.Count > 0 && (happened.Rules[0].Kind is EffectKind.Sql || happened.Rules[0].Table.Count > 0);

    // Null while it waits for a commit that a caller may make.
    private static int? TakesEffectAt(List<EffectEvent> events, int index)
    {
        if (!IsPending(events, index))
        {
            return index;
        }

        int commit = events.FindLastIndex(happened => happened.Kind == EventKind.Commit);
        return commit > index ? commit : null;
    }

    private static bool IsFollowed(List<EffectEvent> events, int at, EffectEvent happened)
    {
        for (int i = at + 1; i < events.Count; i++)
        {
            if (events[i].IsExternal && BranchPath.AreCompatible(happened.Path, events[i].Path))
            {
                return true;
            }
        }

        return false;
    }
}
