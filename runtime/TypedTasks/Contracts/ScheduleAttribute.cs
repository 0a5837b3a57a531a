namespace TypedTasks;

/// <summary>
/// Enqueues the task at the times of a cron expression, or every so often: by the hosts that have a worker for its contract, each occurrence once for all of them, with no process of its own.
/// </summary>
/// <remarks>
/// For a task that needs no arguments: all of its parameters have defaults. For one that does, or for times that are configured, there is <see cref="TypedTasksBuilder.AddSchedule{TContract, TResult, TArguments}"/>.
/// Of a task with an idempotency key each occurrence has a key of its own, for the arguments are always the same. The expression is read at compile time. <see cref="TaskContext.Occurrence"/> tells the handler which occurrence it runs for.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ScheduleAttribute : Attribute
{
    /// <summary>Equal steps of time: set <see cref="Every"/>.</summary>
    public ScheduleAttribute()
    {
    }

    /// <summary>The times of a cron expression.</summary>
    /// <param name="cron">Minute, hour, day of month, month, day of week: <c>"0 5 * * MON-FRI"</c>; a sixth field before them are seconds. See <see cref="TaskSchedule.Cron"/>.</param>
    public ScheduleAttribute(string cron) => Cron = cron;

    /// <summary>The cron expression, or null.</summary>
    public string? Cron { get; }

    /// <summary>The IANA time zone of the expression, such as <c>"Europe/Lisbon"</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The time from one occurrence to the next, such as <c>"30s"</c>, instead of an expression; at least a second.</summary>
    public string? Every { get; set; }

    /// <summary>What becomes of occurrences that came while no worker was there.</summary>
    public MissedRuns Missed { get; set; }

    /// <summary>Whether an occurrence is passed over while the task of the one before it waits, runs, or is to be tried again.</summary>
    public bool SkipWhileRunning { get; set; }
}
