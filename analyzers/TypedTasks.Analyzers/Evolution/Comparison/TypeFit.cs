namespace TypedTasks.Analyzers.Evolution;

/// <summary>How a type fits what was sent as another.</summary>
internal enum TypeFit
{
    Same,

    /// <summary>It reads all that was sent, and is another.</summary>
    Reads,

    /// <summary>It cannot read some of what was sent.</summary>
    Breaks,
}

/// <summary>Compares the types of a place. Users' types are compared by themselves, member by member: here they only have to be of one kind.</summary>
internal static class TypeFits
{
    public static TypeFit Compare(WireType then, WireType now, BaselineFile baseline, WireSnapshot snapshot)
    {
        TypeFit nil = then.IsNullable == now.IsNullable ? TypeFit.Same : now.IsNullable ? TypeFit.Reads : TypeFit.Breaks;
        return Worse(nil, CompareBare(then, now, baseline, snapshot));
    }

    private static TypeFit CompareBare(WireType then, WireType now, BaselineFile baseline, WireSnapshot snapshot)
    {
        BaselineBlock? label = then.IsUser && baseline.Types.TryGetValue(then.Name, out BaselineBlock? block) ? block : null;
        PresentType? type = now.IsUser && snapshot.Types.TryGetValue(now.Name, out PresentType? present) ? present : null;
        if (then.IsUser && now.IsUser)
        {
            // A type of which nothing is listed is said to be missing from the file.
            return label is null || type is null || label.Kind == type.Kind ? TypeFit.Same : TypeFit.Breaks;
        }

        if (then.IsUser || now.IsUser)
        {
            string written = then.IsUser ? label?.Scalar ?? "" : then.Name;
            string read = now.IsUser ? type?.Scalar ?? "" : now.Name;
            return written.Length > 0 && read.Length > 0 && WireGroups.Reads(written, read) ? TypeFit.Reads : TypeFit.Breaks;
        }

        if (then.Name != now.Name || then.Arguments.Count != now.Arguments.Count)
        {
            return then.Arguments.Count == 0 && now.Arguments.Count == 0 && WireGroups.Reads(then.Name, now.Name) ? TypeFit.Reads : TypeFit.Breaks;
        }

        TypeFit worst = TypeFit.Same;
        for (int i = 0; i < then.Arguments.Count; i++)
        {
            worst = Worse(worst, Compare(then.Arguments[i], now.Arguments[i], baseline, snapshot));
        }

        return worst;
    }

    private static TypeFit Worse(TypeFit one, TypeFit other) => one > other ? one : other;
}
