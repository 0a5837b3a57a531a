namespace TypedTasks;

/// <summary>
/// Declares a queue: put it on a <c>const string</c> whose value is the queue's name, and name that constant in <see cref="TaskAttribute.Queue"/>.
/// A misspelt queue is then a compile-time diagnostic rather than a queue that nobody reads.
/// </summary>
/// <remarks>A queue's name has letters, digits, <c>-</c> and <c>_</c>, at most 64 of them: what NATS and Redis both take unescaped.</remarks>
[AttributeUsage(AttributeTargets.Field, Inherited = false)]
public sealed class TaskQueueAttribute : Attribute
{
    /// <summary>How many tasks of this queue a worker runs at once; 0 leaves it to the worker's options.</summary>
    public int Concurrency { get; set; }

    /// <summary>How many tasks a worker holds beyond those it runs; -1 leaves it to the worker's options, 0 fetches only what can run at once.</summary>
    public int Prefetch { get; set; } = -1;

    /// <summary>Whether the queue's workers live outside this solution, so that their absence here is no mistake.</summary>
    public bool External { get; set; }
}
