namespace TypedTasks;

/// <summary>
/// Gives up the promise that a task is run at least once: it is claimed for good before its handler starts, and never tried again, whatever happens.
/// For work that must not be repeated and may be lost, such as a push notification. A failed one ends as <see cref="TaskState.Failed"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class AtMostOnceAttribute : Attribute;
