namespace TypedTasks;

/// <summary>What is declared of a queue.</summary>
/// <param name="Name">The queue's name: letters, digits, <c>-</c> and <c>_</c>.</param>
public sealed record QueueDescriptor(string Name)
{
    /// <summary>The queue of a task that names none.</summary>
    public static QueueDescriptor Default { get; } = new(TaskDefaults.Queue);

    /// <summary>How many tasks of this queue a worker runs at once; 0 leaves it to the worker's options.</summary>
    public int Concurrency { get; init; }

    /// <summary>How many tasks a worker holds beyond those it runs; -1 leaves it to the worker's options.</summary>
    public int Prefetch { get; init; } = -1;
}
