using Microsoft.Extensions.Logging;
using TypedTasks.Shared;

namespace TypedTasks.Worker;

/// <summary>What a worker logs. No payloads, and nothing that a caller wrote but in structured fields.</summary>
internal static partial class WorkerLog
{
    internal static void ReceiveFailed(ILogger logger, Lane lane, int failures, Exception failure)
    {
        LogLevel level = Outage.LevelOf(failures);
        Exception? unexpected = Unexpected(failure);
        ReceiveFailed(logger, level, lane, failure.Message, unexpected);
    }

    [LoggerMessage(EventId = 1, Message = "The lane {Lane} cannot be read; trying again: {Cause}")]
    private static partial void ReceiveFailed(ILogger logger, LogLevel level, Lane lane, string cause, Exception? exception);

    internal static void SettleFailed(ILogger logger, Lane lane, int count, Exception failure) => SettleFailed(logger, lane, count, failure.Message, Unexpected(failure));

    [LoggerMessage(2, LogLevel.Warning, "{Count} deliveries of the lane {Lane} cannot be settled; trying again: {Cause}")]
    private static partial void SettleFailed(ILogger logger, Lane lane, int count, string cause, Exception? exception);

    internal static void RenewFailed(ILogger logger, Lane lane, int count, Exception failure) => RenewFailed(logger, lane, count, failure.Message, Unexpected(failure));

    [LoggerMessage(3, LogLevel.Warning, "{Count} leases of the lane {Lane} cannot be renewed; trying again until they are over: {Cause}")]
    private static partial void RenewFailed(ILogger logger, Lane lane, int count, string cause, Exception? exception);

    [LoggerMessage(4, LogLevel.Warning, "A lease of the lane {Lane} was lost during attempt {Attempt}; its handler is told to stop, and writes nothing more")]
    internal static partial void LeaseLost(ILogger logger, Lane lane, int attempt);

    [LoggerMessage(5, LogLevel.Warning, "The lease of task {Id} of the lane {Lane} was lost before it was settled; what it did is not recorded, and it is run again")]
    internal static partial void LeaseLostAtSettling(ILogger logger, Lane lane, TaskId id);

    internal static void StopFailed(ILogger logger, Lane lane, Exception failure) => StopFailed(logger, lane, failure.Message, Unexpected(failure));

    [LoggerMessage(6, LogLevel.Warning, "The lane {Lane} cannot be told to stop; its deliveries end with their leases: {Cause}")]
    private static partial void StopFailed(ILogger logger, Lane lane, string cause, Exception? exception);

    [LoggerMessage(7, LogLevel.Warning, "Attempt {Attempt} of task {Task} {Id} failed and is tried again in {Delay}: {FailureType}: {FailureMessage}")]
    internal static partial void Retrying(ILogger logger, string task, TaskId id, int attempt, TimeSpan delay, string? failureType, string? failureMessage, Exception? exception);

    [LoggerMessage(8, LogLevel.Error, "Task {Task} {Id} is a dead letter (attempts: {Attempt}, reason: {Reason}): {FailureType}: {FailureMessage}")]
    internal static partial void DeadLettered(ILogger logger, string task, TaskId id, int attempt, Engine.DeadLetterReason reason, string? failureType, string? failureMessage, Exception? exception);

    [LoggerMessage(9, LogLevel.Error, "Attempt {Attempt} of task {Task} {Id} did not stop when told to ({Reason}); its slot is given to another, but its handler still runs")]
    internal static partial void Abandoned(ILogger logger, string task, TaskId id, int attempt, StopReason reason);

    [LoggerMessage(10, LogLevel.Error, "An envelope for the contract {Contract} cannot be used ({Reason}): {Message}")]
    internal static partial void BadEnvelope(ILogger logger, string contract, Engine.DeadLetterReason reason, string message);

    [LoggerMessage(11, LogLevel.Information, "Taking tasks from {Lane}: {Concurrency} at once, {Prefetch} ahead")]
    internal static partial void Started(ILogger logger, Lane lane, int concurrency, int prefetch);

    [LoggerMessage(12, LogLevel.Warning, "The worker of {Lane} stopped before all its deliveries were settled; they are delivered again when their leases end")]
    internal static partial void StoppedUnsettled(ILogger logger, Lane lane);

    [LoggerMessage(13, LogLevel.Error, "Task {Task} {Id} failed for good and is not kept: {FailureType}: {FailureMessage}")]
    internal static partial void Failed(ILogger logger, string task, TaskId id, string? failureType, string? failureMessage, Exception? exception);

    internal static void CancellationsUnread(ILogger logger, int failures, Exception failure)
    {
        LogLevel level = Outage.LevelOf(failures);
        Exception? unexpected = Unexpected(failure);
        CancellationsUnread(logger, level, failure.Message, unexpected);
    }

    [LoggerMessage(EventId = 14, Message = "The cancellations cannot be read; trying again: {Cause}")]
    private static partial void CancellationsUnread(ILogger logger, LogLevel level, string cause, Exception? exception);

    internal static void ClaimFailed(ILogger logger, string task, TaskId id, Exception failure) => ClaimFailed(logger, task, id, failure.Message, Unexpected(failure));

    [LoggerMessage(15, LogLevel.Warning, "The idempotency key of task {Task} {Id} cannot be asked for; the task is run later: {Cause}")]
    private static partial void ClaimFailed(ILogger logger, string task, TaskId id, string cause, Exception? exception);

    internal static void CompletionFailed(ILogger logger, string task, TaskId id, Exception failure) => CompletionFailed(logger, task, id, failure.Message, Unexpected(failure));

    [LoggerMessage(16, LogLevel.Warning, "The outcome of task {Task} {Id} cannot be recorded under its idempotency key; trying again: {Cause}")]
    private static partial void CompletionFailed(ILogger logger, string task, TaskId id, string cause, Exception? exception);

    internal static void ReleaseFailed(ILogger logger, string task, TaskId id, Exception failure) => ReleaseFailed(logger, task, id, failure.Message, Unexpected(failure));

    [LoggerMessage(17, LogLevel.Warning, "The idempotency key of task {Task} {Id} cannot be released; other tasks of the same key wait until it runs out: {Cause}")]
    private static partial void ReleaseFailed(ILogger logger, string task, TaskId id, string cause, Exception? exception);

    internal static void ContinuingFailed(ILogger logger, string task, TaskId id, int failures, Exception failure)
    {
        LogLevel level = Outage.LevelOf(failures);
        Exception? unexpected = Unexpected(failure);
        ContinuingFailed(logger, level, task, id, failure.Message, unexpected);
    }

    [LoggerMessage(EventId = 18, Message = "What follows task {Task} {Id} in its canvas cannot be enqueued; trying again: {Cause}")]
    private static partial void ContinuingFailed(ILogger logger, LogLevel level, string task, TaskId id, string cause, Exception? exception);

    [LoggerMessage(19, LogLevel.Error, "The end of task {Task} {Id} cannot be told to its group, which may never be joined: {Cause}")]
    internal static partial void GroupUntold(ILogger logger, string task, TaskId id, string cause);

    [LoggerMessage(30, LogLevel.Warning, "The worker {Worker} takes no more tasks, and asks the host to stop: {Reason}")]
    internal static partial void Recycling(ILogger logger, string worker, string reason);

    [LoggerMessage(31, LogLevel.Error, "The worker {Worker} has stopped to be recycled, but there is no IHostApplicationLifetime to stop the host with; restart it")]
    internal static partial void RecycledWithoutHost(ILogger logger, string worker);

    internal static void HeartbeatFailed(ILogger logger, string worker, int failures, Exception failure)
    {
        LogLevel level = Outage.LevelOf(failures);
        Exception? unexpected = Unexpected(failure);
        HeartbeatFailed(logger, level, worker, failure.Message, unexpected);
    }

    [LoggerMessage(EventId = 32, Message = "The sign of life of the worker {Worker} cannot be written; trying again: {Cause}")]
    private static partial void HeartbeatFailed(ILogger logger, LogLevel level, string worker, string cause, Exception? exception);

    [LoggerMessage(33, LogLevel.Warning, "A listener to spans or metrics of the lane {Lane} threw; what it observes is incomplete, the tasks are not affected")]
    internal static partial void ListenerFailed(ILogger logger, Lane lane, Exception exception);

    [LoggerMessage(34, LogLevel.Information, "The worker {Worker} stops and takes no more tasks: {Running} are running, {Waiting} have not started and are handed back")]
    internal static partial void Draining(ILogger logger, string worker, int running, int waiting);

    [LoggerMessage(35, LogLevel.Information, "The worker {Worker} has stopped: of the tasks in its hands {Settled} were settled, {HandedBack} handed back, {Unsettled} left to their leases")]
    internal static partial void Drained(ILogger logger, string worker, long settled, long handedBack, int unsettled);

    [LoggerMessage(36, LogLevel.Warning, "The host starts without its broker, as it is told to: tasks are refused, and none is taken, until the engine {Engine} answers. It goes on trying. {Problem}")]
    internal static partial void StartedWithoutBroker(ILogger logger, string engine, string problem);

    [LoggerMessage(EventId = 37, Message = "The engine {Engine} cannot be started yet (try {Tries}): {Problem}")]
    internal static partial void StillWithoutBroker(ILogger logger, LogLevel level, string engine, int tries, string problem);

    [LoggerMessage(38, LogLevel.Information, "The engine {Engine} answers now, and the host's lanes are open")]
    internal static partial void BrokerFound(ILogger logger, string engine);

    // What an engine throws says all in its message; where it was thrown matters of what nobody expects.
    private static Exception? Unexpected(Exception failure) => failure is TaskException ? null : failure;
}
