namespace TypedTasks.Analyzers.Evolution;

/// <summary>
/// Which of the baseline's labels stand for which types of the code: found by going from the tasks through all places that are still the same, so that a class may be
/// renamed. Types that no label stands for get one of their own.
/// </summary>
internal sealed class TypePairs
{
    private readonly WireSnapshot _now;
    private readonly BaselineFile _then;
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private readonly HashSet<(string Label, string Identity)> _known = [];
    private readonly List<TypePair> _pairs = [];

    public TypePairs(WireSnapshot now, BaselineFile then)
    {
        _now = now;
        _then = then;
        foreach (PresentTask task in now.Tasks.Values)
        {
            if (then.Tasks.TryGetValue(task.Name, out BaselineBlock? block) && !block.IsRetired)
            {
                PairPlaces(block, task.Places, task);
                Pair(block.Facts.TryGetValue(BaselineText.Result, out BaselineEntry? result) ? result.Type : null, task.Result, task);
            }
        }

        // The list grows while it is read: a type's members bring others.
        for (int i = 0; i < _pairs.Count; i++)
        {
            TypePair pair = _pairs[i];
            if (pair.Then is { } block && !block.IsRetired && pair.Now is { } present && block.Kind == present.Kind)
            {
                PairPlaces(block, present.Places, pair.Task);
            }
        }

        LabelTheRest();
    }

    /// <summary>Each label and type that meet, in the order in which they are come upon.</summary>
    public IReadOnlyList<TypePair> All => _pairs;

    /// <summary>A type of the code with the labels of the baseline.</summary>
    public WireType Labelled(WireType type) => type.WithLabels(identity => _labels.TryGetValue(identity, out string? label) ? label : identity);

    /// <summary>The label of a type of the code.</summary>
    public string LabelOf(string identity) => _labels[identity];

    /// <summary>The types in a type, and in their members, and so on, that a label was made for.</summary>
    public IEnumerable<PresentType> Unlisted(IEnumerable<WireType> types)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Queue<string> open = new(types.SelectMany(type => type.Users()));
        while (open.Count > 0)
        {
            string identity = open.Dequeue();
            if (!seen.Add(identity) || !_now.Types.TryGetValue(identity, out PresentType? type) || _then.Types.ContainsKey(LabelOf(identity)))
            {
                continue;
            }

            yield return type;
            foreach (string inner in type.Places.SelectMany(place => place.Type?.Users() ?? []))
            {
                open.Enqueue(inner);
            }
        }
    }

    private void PairPlaces(BaselineBlock block, IReadOnlyList<PresentPlace> places, PresentTask task)
    {
        foreach (PlaceMatch match in PlaceMatch.All(block, places))
        {
            // A case that stands for another type now is said to, and the two types have nothing to do with each other.
            bool isReplaced = match.Change == PlaceChange.Renamed && block.Kind == BlockKind.Union && _now.IsNamed(match.Then!.Name);
            if (match.Change is PlaceChange.Same or PlaceChange.Moved or PlaceChange.Renamed && !isReplaced)
            {
                Pair(match.Then!.Type, match.Now!.Type, task);
            }
        }
    }

    private void Pair(WireType? then, WireType? now, PresentTask task)
    {
        if (then is null || now is null)
        {
            return;
        }

        if (then.IsUser && now.IsUser)
        {
            if (_known.Add((then.Name, now.Name)))
            {
                _pairs.Add(new TypePair(then.Name, _then.Types.TryGetValue(then.Name, out BaselineBlock? block) ? block : null, _now.Types.TryGetValue(now.Name, out PresentType? type) ? type : null, task));
            }

            if (!_labels.ContainsKey(now.Name))
            {
                _labels.Add(now.Name, then.Name);
            }
        }
        else if (then.Name == now.Name && then.Arguments.Count == now.Arguments.Count)
        {
            for (int i = 0; i < then.Arguments.Count; i++)
            {
                Pair(then.Arguments[i], now.Arguments[i], task);
            }
        }
    }

    private void LabelTheRest()
    {
        // A block that nothing names any more is taken up again by a type of its name and kind.
        HashSet<string> named = new(_pairs.Select(pair => pair.Label).Concat(_labels.Values), StringComparer.Ordinal);
        HashSet<string> taken = new(_then.Types.Keys.Concat(named), StringComparer.Ordinal);
        foreach (PresentType type in _now.Types.Values.Where(type => !_labels.ContainsKey(type.Identity)).OrderBy(type => type.DefaultLabel, StringComparer.Ordinal).ThenBy(type => type.Identity, StringComparer.Ordinal))
        {
            string wanted = WireType.IsReserved(type.DefaultLabel) ? $"{type.DefaultLabel}-type" : type.DefaultLabel;
            bool isFree = _then.Types.TryGetValue(wanted, out BaselineBlock? block) && block.Kind == type.Kind && named.Add(wanted);
            _labels.Add(type.Identity, isFree ? wanted : Shared.NameRules.Unique(wanted, taken));
        }
    }
}

/// <summary>A label and a type that stand in one place.</summary>
/// <param name="Label">The label.</param>
/// <param name="Then">What the baseline lists of it; null where it lists nothing.</param>
/// <param name="Now">The type; null where it is not known.</param>
/// <param name="Task">The first task that sends it.</param>
internal sealed record TypePair(string Label, BaselineBlock? Then, PresentType? Now, PresentTask Task);
