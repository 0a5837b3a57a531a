namespace TypedTasks.Simulation.Checks;

/// <summary>One run of a handler.</summary>
internal sealed class RunRecord(int number, TaskId id, long fence, int? key)
{
    internal int Number => number;

    internal TaskId Id => id;

    internal long Fence => fence;

    internal int? Key => key;

    internal bool HadEffect { get; set; }

    internal bool IsOver { get; set; }
}

/// <summary>A law of the house does not hold.</summary>
internal sealed class InvariantException(string message) : Exception(message);
