namespace TypedTasks;

/// <summary>
/// Says that a task may be delivered more than once without harm.
/// Without a <see cref="Key"/> it is a claim about the handler's body, which the analyzers read; with one, the worker enforces it.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class IdempotentAttribute : Attribute
{
    /// <summary>
    /// The task runs to completion once per key within <see cref="Window"/>; a later delivery or enqueueing of the same key gets the first one's result.
    /// Either a parameter (<c>nameof(orderId)</c>) or a template of parameters and their members (<c>"{order.Customer}:{month}"</c>).
    /// </summary>
    public string? Key { get; set; }

    /// <summary>How long a completed key is remembered; longer than all the task's retries take.</summary>
    public string Window { get; set; } = TaskDefaults.IdempotencyWindow;
}
