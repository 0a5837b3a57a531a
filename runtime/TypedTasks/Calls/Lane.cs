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

    /// <exception cref="ArgumentException">The lane lacks a name: it is the default value, or one of its names is empty.</exception>
    internal void ThrowIfUnnamed(string parameter)
    {
        if (string.IsNullOrEmpty(Queue) || string.IsNullOrEmpty(Contract))
        {
            throw new ArgumentException($"The lane '{this}' names no queue or no contract. Make one of both: new Lane(\"default\", \"invoices\").", parameter);
        }
    }
}
