namespace TypedTasks.Worker;

/// <summary>The memory of this process. A class of its own so that a test can say how much it is.</summary>
internal class ProcessMemory
{
    /// <summary>The working set, in bytes.</summary>
    internal virtual long Used => Environment.WorkingSet;
}
