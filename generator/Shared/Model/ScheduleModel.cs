namespace TypedTasks.Shared.Model;

/// <summary>When a task is enqueued by itself: by a cron expression, or every so often.</summary>
internal sealed record ScheduleModel
{
    /// <summary>The zone of an expression that names none.</summary>
    public const string Utc = "UTC";

    /// <summary>The cron expression as written, or null.</summary>
    public required string? Cron { get; init; }

    /// <summary>The time zone of the expression.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The time from one occurrence to the next, where there is no expression.</summary>
    public required Duration Every { get; init; }

    /// <summary>The member of <c>MissedRuns</c>, or null for its default.</summary>
    public required string? Missed { get; init; }

    public required bool SkipWhileRunning { get; init; }
}
