namespace TypedTasks.Engine;

/// <summary>What an engine knows of a task.</summary>
/// <param name="State">The state; <see cref="TaskState.Unknown"/> when it knows nothing.</param>
/// <param name="Outcome">The outcome record of a task that ended; empty where none is kept.</param>
public readonly record struct TaskStatusReport(TaskState State, ReadOnlyMemory<byte> Outcome)
{
    /// <summary>Whether the task has ended.</summary>
    public bool HasEnded => State >= TaskState.Succeeded;
}

/// <summary>The outcomes of tasks: written by settling, read by callers.</summary>
public interface IOutcomeStore
{
    /// <summary>What is known of a task now.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    ValueTask<TaskStatusReport> GetAsync(TaskId id, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until a task has ended. Returns at once for a task that has, and with <see cref="TaskState.Unknown"/> for one that the engine does not know.
    /// Never hangs on a lost message or connection: the engine subscribes, reads, waits, and reads again from time to time.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    ValueTask<TaskStatusReport> WaitAsync(TaskId id, CancellationToken cancellationToken);

    /// <summary>Forgets the outcome of a task that has ended. Nothing happens to one that has not.</summary>
    ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken);
}
