namespace TypedTasks;

/// <summary>A schedule by which hosts enqueue, and how far it has come. It is listed for as long as some host goes by it, and for a time after that.</summary>
/// <param name="Name">The schedule's name: of a task with <see cref="ScheduleAttribute">[Schedule]</see> the task's.</param>
/// <param name="Task">The wire name of the task that it enqueues.</param>
/// <param name="Text">Its rule, such as <c>0 5 * * * Europe/Lisbon</c>.</param>
/// <param name="LastOccurrence">The last occurrence that was enqueued; null for none yet.</param>
/// <param name="LastTask">The id of that occurrence's task; empty for none yet.</param>
/// <param name="NextOccurrence">What comes next; in the past where it is missed, null where nothing comes any more.</param>
/// <param name="IsPaused">Whether occurrences are passed over.</param>
public sealed record ScheduleReport(string Name, string Task, string Text, DateTimeOffset? LastOccurrence, TaskId LastTask, DateTimeOffset? NextOccurrence, bool IsPaused);
