namespace TypedTasks;

/// <summary>What a contract declares of a task's repetition.</summary>
public enum TaskIdempotency
{
    /// <summary>Nothing: the task may be delivered again, and its author has not said that this is harmless.</summary>
    Undeclared = 0,

    /// <summary>Declared harmless to repeat; the analyzers read the handler's body.</summary>
    Declared = 1,

    /// <summary>Keyed: the worker completes it once per key.</summary>
    Keyed = 2,
}
