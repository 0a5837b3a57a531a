using Microsoft.Extensions.Logging;
using TypedTasks.Shared;

namespace TypedTasks.Scheduling;

/// <summary>What is logged of schedules. The events are the worker's, 40 and up.</summary>
internal static partial class ScheduleLog
{
    internal static void Failed(ILogger logger, string schedule, int failures, Exception failure)
    {
        LogLevel level = Outage.LevelOf(failures);
        Exception? unexpected = failure is TaskException ? null : failure;
        ScheduleFailed(logger, level, schedule, failure.Message, unexpected);
    }

    [LoggerMessage(EventId = 40, Message = "The schedule {Schedule} cannot go on; trying again: {Cause}")]
    private static partial void ScheduleFailed(ILogger logger, LogLevel level, string schedule, string cause, Exception? exception);

    [LoggerMessage(41, LogLevel.Debug, "The occurrence {Occurrence:O} of the schedule {Schedule} is enqueued as task {Id}")]
    internal static partial void OccurrenceEnqueued(ILogger logger, string schedule, DateTimeOffset occurrence, TaskId id);

    [LoggerMessage(42, LogLevel.Information, "The occurrence {Occurrence:O} of the schedule {Schedule} is passed over: {Reason}")]
    internal static partial void OccurrencePassedOver(ILogger logger, string schedule, DateTimeOffset occurrence, string reason);

    [LoggerMessage(43, LogLevel.Warning, "The schedule {Schedule} missed what was due from {First:O} to before {Occurrence:O}: no host was there to enqueue it, or none reached the engine")]
    internal static partial void OccurrencesMissed(ILogger logger, string schedule, DateTimeOffset first, DateTimeOffset occurrence);

    [LoggerMessage(44, LogLevel.Information, "The schedule {Schedule} has no more occurrences")]
    internal static partial void ScheduleEnded(ILogger logger, string schedule);
}
