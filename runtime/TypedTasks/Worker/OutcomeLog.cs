using Microsoft.Extensions.Logging;

namespace TypedTasks.Worker;

/// <summary>
/// Logs what attempts came to. What failed for good comes with the exception, for whoever has to mend it asks where it was thrown; what is tried again only where debugging is
/// logged, for most of it passes by itself.
/// </summary>
internal static class OutcomeLog
{
    internal static void Write(ILogger logger, TaskDescriptor task, TaskId id, int attempt, in Outcome outcome)
    {
        Exception? thrown = outcome.Kind != OutcomeKind.Retry || logger.IsEnabled(LogLevel.Debug) ? outcome.Thrown : null;
        try
        {
            Write(logger, task, id, attempt, in outcome, thrown);
        }
        catch (Exception) when (thrown is not null)
        {
            // A logger writes the exception out, which is its author's code, and may throw: the rest is said without it.
            Write(logger, task, id, attempt, in outcome, thrown: null);
        }
    }

    /// <summary>The exception that the log shows: none where a handler asked for a retry or a dead letter in so many words, and none of this library's own.</summary>
    internal static Exception? Shown(AttemptEnd end) => end switch
    {
        { IsUndecodable: true } or { IsResultUnwritable: true } => null,
        { Exception: MessagePack.PayloadTooLargeException } => null,
        { Exception: RetryException or DeadLetterException or SnoozeException } => end.Exception.InnerException is null ? null : end.Exception,
        _ => end.Exception,
    };

    private static void Write(ILogger logger, TaskDescriptor task, TaskId id, int attempt, in Outcome outcome, Exception? thrown)
    {
        switch (outcome.Kind)
        {
            case OutcomeKind.Retry:
                WorkerLog.Retrying(logger, task.Name, id, attempt, outcome.Delay, outcome.Failure?.Type, outcome.Failure?.Message, thrown);
                break;
            case OutcomeKind.DeadLettered:
                WorkerLog.DeadLettered(logger, task.Name, id, attempt, outcome.Reason, outcome.Failure?.Type, outcome.Failure?.Message, thrown);
                break;
            case OutcomeKind.Failed:
                WorkerLog.Failed(logger, task.Name, id, outcome.Failure?.Type, outcome.Failure?.Message, thrown);
                break;
        }
    }
}
