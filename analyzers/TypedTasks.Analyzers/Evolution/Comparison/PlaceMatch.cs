namespace TypedTasks.Analyzers.Evolution;

/// <summary>What became of a place.</summary>
internal enum PlaceChange
{
    /// <summary>It has its name and number; its type is another question.</summary>
    Same,

    /// <summary>Its name has another number.</summary>
    Moved,

    /// <summary>Its number has another name, and nothing has the old one.</summary>
    Renamed,

    /// <summary>It is new, where another was that has moved: which is said of the other.</summary>
    Displacing,

    /// <summary>It is new, after all that there is.</summary>
    Appended,

    /// <summary>It is new, in a gap, where a nil was sent.</summary>
    FillsGap,

    /// <summary>It is where a tombstone stands.</summary>
    ReusesRetired,

    /// <summary>There is nothing any more.</summary>
    Removed,
}

/// <summary>A place of the baseline and the one that it is now; one of the two is null where it is new or gone.</summary>
internal sealed record PlaceMatch(PlaceChange Change, BaselineEntry? Then, PresentPlace? Now)
{
    /// <summary>Finds for each place what it was, by name first; then each that is gone.</summary>
    public static List<PlaceMatch> All(BaselineBlock then, IReadOnlyList<PresentPlace> now)
    {
        List<BaselineEntry> live = then.Places.FindAll(entry => !entry.IsRetired);
        ILookup<string, BaselineEntry> byKey = live.ToLookup(entry => entry.Key, StringComparer.Ordinal);
        Dictionary<string, BaselineEntry> byName = live.GroupBy(entry => entry.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        HashSet<string> names = new(now.Select(place => place.Name), StringComparer.Ordinal);
        HashSet<BaselineEntry> found = [];
        List<PlaceMatch> matches = [];
        foreach (PresentPlace place in now)
        {
            PlaceMatch match = Of(place);
            matches.Add(match);
            if (match.Then is not null && match.Change != PlaceChange.ReusesRetired)
            {
                found.Add(match.Then);
            }
        }

        matches.AddRange(live.Where(entry => !found.Contains(entry)).Select(entry => new PlaceMatch(PlaceChange.Removed, entry, null)));
        return matches;

        PlaceMatch Of(PresentPlace place)
        {
            if (byKey[place.Key].FirstOrDefault(entry => IsNamed(then.Kind, entry.Name, place.Name)) is { } same)
            {
                return new PlaceMatch(PlaceChange.Same, same, place);
            }

            if (byName.TryGetValue(place.Name, out BaselineEntry? moved))
            {
                return new PlaceMatch(PlaceChange.Moved, moved, place);
            }

            if (byKey[place.Key].ToArray() is { Length: > 0 } taken)
            {
                return Array.Find(taken, entry => !names.Contains(entry.Name)) is { } renamed
                    ? new PlaceMatch(PlaceChange.Renamed, renamed, place)
                    : new PlaceMatch(PlaceChange.Displacing, null, place);
            }

            return then.Places.Find(entry => entry.IsRetired && entry.Key == place.Key) is { } retired
                ? new PlaceMatch(PlaceChange.ReusesRetired, retired, place)
                : new PlaceMatch(IsGap(place) ? PlaceChange.FillsGap : PlaceChange.Appended, null, place);
        }

        bool IsGap(PresentPlace place) =>
            then.Kind == BlockKind.Array && then.Places.Exists(entry => BaselineText.PlaceOf(entry.Key).CompareTo(BaselineText.PlaceOf(place.Key)) > 0);
    }

    /// <summary>Whether a name is that of the place. Of two types whose labels would be one, the second's has a number behind it.</summary>
    private static bool IsNamed(BlockKind kind, string name, string present) =>
        name == present || (kind == BlockKind.Union && name.StartsWith(present, StringComparison.Ordinal) && name.Skip(present.Length).All(char.IsDigit));
}
