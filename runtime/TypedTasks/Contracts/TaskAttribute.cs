namespace TypedTasks;

/// <summary>
/// Marks a method of a <see cref="TaskContractAttribute">[TaskContract]</see> as a task and states how it is routed, retried and limited.
/// </summary>
/// <remarks>
/// The method returns <see cref="System.Threading.Tasks.Task"/>, <see cref="Task{TResult}"/>, <see cref="ValueTask"/> or <see cref="ValueTask{TResult}"/>.
/// A trailing <see cref="CancellationToken"/> and a trailing <see cref="TaskContext"/> are supplied by the worker and never sent.
/// Durations are strings: a number and <c>us</c>, <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c> (<c>"500ms"</c>, <c>"1.5s"</c>, <c>"24h"</c>), read at compile time.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class TaskAttribute : Attribute
{
    /// <summary>A task whose wire name is derived from the method: <c>SendReminderAsync</c> is <c>send-reminder</c>.</summary>
    public TaskAttribute()
    {
    }

    /// <summary>A task with an explicit wire name, which then survives a rename of the method and tells overloads apart.</summary>
    /// <param name="name">Letters, digits, <c>-</c> and <c>_</c>; at most 64 characters; unique in the contract.</param>
    public TaskAttribute(string name) => Name = name;

    /// <summary>The wire name, or null where it is derived from the method's name.</summary>
    public string? Name { get; }

    /// <summary>The queue, preferably a <see cref="TaskQueueAttribute">[TaskQueue]</see> constant; the contract's queue when null.</summary>
    public string? Queue { get; set; }

    /// <summary>How many times the task is tried before it becomes a dead letter, the first time included; at least 1. A crash of the worker counts.</summary>
    public int MaxAttempts { get; set; } = TaskDefaults.MaxAttempts;

    /// <summary>
    /// The delay before a retry, doubled each time with full jitter between a least and a most: <c>"1s..5m"</c>. One duration alone is a fixed delay.
    /// </summary>
    public string Backoff { get; set; } = TaskDefaults.Backoff;

    /// <summary>How long one attempt may run: then its token fires, and after a grace period the attempt is given up. <c>"none"</c> for no limit.</summary>
    public string TimeLimit { get; set; } = TaskDefaults.TimeLimit;

    /// <summary>How long after its enqueueing a task may still start; later it is reported as expired. Null for no expiry.</summary>
    public string? Expires { get; set; }

    /// <summary>How long the outcome (result or failure) is kept for the caller to read. <c>"none"</c> keeps nothing: nobody can then wait for the task.</summary>
    public string KeepOutcome { get; set; } = TaskDefaults.KeepOutcome;

    /// <summary>The exceptions that are worth a retry; any other goes to the dead letters at once. Empty: every exception is retried.</summary>
    public Type[] RetryOn { get; set; } = [];

    /// <summary>The exceptions that a retry cannot mend: the task goes to the dead letters at once. Stronger than <see cref="RetryOn"/>.</summary>
    public Type[] DoNotRetryOn { get; set; } = [];

    /// <summary>Where the handler runs; <see cref="TaskExecution.Asynchronous"/> unless it computes for long without awaiting.</summary>
    public TaskExecution Execution { get; set; }
}
