namespace TypedTasks;

/// <summary>Where a task's handler runs.</summary>
public enum TaskExecution
{
    /// <summary>On the thread pool: for handlers that await, the usual kind.</summary>
    Asynchronous = 0,

    /// <summary>On one of a bounded number of dedicated threads: for handlers that compute, so that they never starve the thread pool.</summary>
    Dedicated = 1,
}
