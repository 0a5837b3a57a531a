namespace TypedTasks.Engine;

/// <summary>Where a published task goes.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Id">The task's id.</param>
/// <param name="NotBefore">From when on it may be delivered, by the engine's clock; <see cref="DateTimeOffset.MinValue"/> for at once.</param>
public readonly record struct TaskAddress(Lane Lane, TaskId Id, DateTimeOffset NotBefore)
{
    /// <summary>
    /// Whether the id was made for this very publishing, so that no other publishing can bear it yet. An engine may then leave out the look for a duplicate, and write the id down nowhere but with the task:
    /// whoever publishes under it later is recognised by the process that did so first, and by others only as far as the engine says.
    /// </summary>
    public bool IsFresh { get; init; }

    /// <summary>
    /// Whether the task follows one that is held by the caller, and settled only when this one is accepted. A full lane is no reason to refuse it: whoever waited for room would keep the room from being made.
    /// </summary>
    public bool Follows { get; init; }
}
