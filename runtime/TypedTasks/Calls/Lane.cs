namespace TypedTasks;

/// <summary>
/// A queue and a contract: what a worker takes tasks from. A worker takes only the lanes whose contract it handles,
/// so a task that nobody handles waits, visibly, and is never thrown at a worker that does not know it.
/// </summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="Contract">The contract's wire name.</param>
public readonly record struct Lane(string Queue, string Contract)
{
    /// <summary>The lane in the form <c>high-priority/invoices</c>.</summary>
    public override string ToString() => $"{Queue}/{Contract}";
}
