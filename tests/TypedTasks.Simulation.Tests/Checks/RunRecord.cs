namespace TypedTasks.Simulation.Checks;

/// <summary>One run of a handler.</summary>
internal sealed class RunRecord(int number, TaskId id, long fence, int attempt, int? key)
{
    internal int Number => number;

    internal TaskId Id => id;

    internal long Fence => fence;

    internal int Attempt => attempt;

    internal int? Key => key;

    /// <summary>How often it has reported progress.</summary>
    internal int Reports { get; set; }

    internal bool HadEffect { get; set; }

    internal bool IsOver { get; set; }
}

/// <summary>A law of the house does not hold.</summary>
internal sealed class InvariantException(string message) : Exception(message);
