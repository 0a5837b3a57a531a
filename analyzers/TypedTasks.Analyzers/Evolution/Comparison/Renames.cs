namespace TypedTasks.Analyzers.Evolution;

/// <summary>Guesses what a task that is gone is called now: the one new task of its contract, or of its name, that takes the same arguments.</summary>
internal static class Renames
{
    /// <summary>What to do if the guess is right, or null where there is none.</summary>
    public static string? HintOf(BaselineBlock gone, BaselineFile then, WireSnapshot now)
    {
        string[] name = gone.Name.Split('.');
        PresentTask[] alike = [.. now.Tasks.Values.Where(task => !then.Tasks.ContainsKey(task.Name) && TakesTheSame(gone, task))];
        if (alike.Where(task => task.Model.ContractWireName == name[0]).ToArray() is [var renamed])
        {
            return $"if '{renamed.Method.Name}' is its new name, keep the old one on the wire by [Task(\"{name[1]}\")]";
        }

        return alike.Where(task => task.Model.WireName == name[1]).ToArray() is [var moved]
            ? $"if '{moved.Contract.Name}' is its contract's new name, keep the old one on the wire by [TaskContract(\"{name[0]}\")]"
            : null;
    }

    private static bool TakesTheSame(BaselineBlock gone, PresentTask task)
    {
        string[] places = [.. gone.Places.Where(place => !place.IsRetired).Select(place => place.Name)];
        return places.SequenceEqual(task.Places.Select(place => place.Name));
    }
}
