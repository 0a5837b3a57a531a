namespace TypedTasks.Scheduling;

/// <summary>For which occurrence of which schedule a task was enqueued; in its envelope.</summary>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="At">Milliseconds since 1970.</param>
internal sealed record ScheduleOccurrence(string Schedule, long At);
