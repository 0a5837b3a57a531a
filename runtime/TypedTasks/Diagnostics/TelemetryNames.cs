namespace TypedTasks.Diagnostics;

/// <summary>
/// Every name that telemetry uses, once. They are a contract with dashboards and alerts: each is described in <c>TELEMETRY.md</c> beside this file, and a
/// test compares the two. Names under <c>messaging.</c>, <c>error.</c> and <c>exception.</c> are OpenTelemetry's semantic conventions.
/// </summary>
internal static class TelemetryNames
{
    /// <summary>The operations of messaging; a span's name is one of them and the destination.</summary>
    internal static class Operations
    {
        internal const string Send = "send";
        internal const string Process = "process";
        internal const string Settle = "settle";
    }

    internal static class Metrics
    {
        internal const string Sent = "messaging.client.sent.messages";
        internal const string OperationDuration = "messaging.client.operation.duration";
        internal const string Consumed = "messaging.client.consumed.messages";
        internal const string ProcessDuration = "messaging.process.duration";
        internal const string TimeInQueue = "typedtasks.task.time_in_queue";
        internal const string Retries = "typedtasks.task.retries";
        internal const string DeadLetters = "typedtasks.task.dead_letters";
        internal const string LeaseLosses = "typedtasks.lease.losses";
        internal const string Abandoned = "typedtasks.handler.abandoned";
        internal const string Occurrences = "typedtasks.schedule.occurrences";
        internal const string InFlight = "typedtasks.worker.in_flight";
        internal const string Waiting = "typedtasks.worker.waiting";
        internal const string Memory = "typedtasks.worker.memory";
        internal const string Depth = "typedtasks.lane.depth";
        internal const string OldestAge = "typedtasks.lane.oldest.age";
    }

    internal static class Tags
    {
        internal const string System = "messaging.system";
        internal const string OperationName = "messaging.operation.name";
        internal const string OperationType = "messaging.operation.type";
        internal const string Destination = "messaging.destination.name";
        internal const string MessageId = "messaging.message.id";
        internal const string BatchCount = "messaging.batch.message_count";
        internal const string ClientId = "messaging.client.id";
        internal const string ErrorType = "error.type";
        internal const string ExceptionType = "exception.type";
        internal const string ExceptionMessage = "exception.message";
        internal const string ExceptionStackTrace = "exception.stacktrace";
        internal const string Task = "typedtasks.task.name";
        internal const string Attempt = "typedtasks.attempt";
        internal const string Outcome = "typedtasks.outcome";
        internal const string Parent = "typedtasks.parent.id";
        internal const string Canvas = "typedtasks.canvas.id";
        internal const string Schedule = "typedtasks.schedule.name";
        internal const string Occurrence = "typedtasks.schedule.occurrence";
        internal const string Duplicate = "typedtasks.duplicate";
        internal const string Delay = "typedtasks.delay";
        internal const string Reason = "typedtasks.reason";
        internal const string State = "typedtasks.state";
    }

    internal static class Events
    {
        internal const string Exception = "exception";
        internal const string Retry = "typedtasks.retry";
        internal const string Snooze = "typedtasks.snooze";
        internal const string DeadLetter = "typedtasks.dead_letter";
        internal const string LeaseLost = "typedtasks.lease_lost";
        internal const string Abandoned = "typedtasks.abandoned";
    }

    /// <summary>The values of <see cref="Tags.Outcome"/>.</summary>
    internal static class Outcomes
    {
        internal const string Completed = "completed";
        internal const string Retry = "retry";
        internal const string Snoozed = "snoozed";
        internal const string DeadLettered = "dead_lettered";
        internal const string Failed = "failed";
        internal const string Cancelled = "cancelled";
        internal const string Released = "released";
        internal const string Lost = "lost";
        internal const string Enqueued = "enqueued";
        internal const string PassedOver = "passed_over";
    }

    /// <summary>The values of <see cref="Tags.State"/>.</summary>
    internal static class States
    {
        internal const string Ready = "ready";
        internal const string Delayed = "delayed";
        internal const string InFlight = "in_flight";
        internal const string DeadLetters = "dead_letters";
    }

    /// <summary>The value of <see cref="Tags.System"/>.</summary>
    internal const string System = "typedtasks";

    /// <summary>The value of <see cref="Tags.ErrorType"/> where no exception says it: OpenTelemetry's own word.</summary>
    internal const string OtherError = "_OTHER";
}
