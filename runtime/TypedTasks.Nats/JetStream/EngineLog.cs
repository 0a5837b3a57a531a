using Microsoft.Extensions.Logging;

namespace TypedTasks.Nats.JetStream;

/// <summary>What the engine tells the log.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(20, LogLevel.Warning, "A pull of the lane {Lane} ended with {Status} {Description}.")]
    public static partial void PullEnded(ILogger logger, string lane, int status, string description);

    [LoggerMessage(21, LogLevel.Information, "The task {Task} was delivered again though it has ended; its left-over is removed.")]
    public static partial void AlreadyEnded(ILogger logger, string task);

    [LoggerMessage(22, LogLevel.Warning, "The task {Task} could not be claimed and will be delivered again when its lease is over: {Reason}")]
    public static partial void NotClaimed(ILogger logger, string task, string reason);

    [LoggerMessage(23, LogLevel.Warning, "The task {Task} could not be handed back and will be delivered again when its lease is over: {Reason}")]
    public static partial void NotReleased(ILogger logger, string task, string reason);

    [LoggerMessage(24, LogLevel.Error, "The stream or the consumer of the lane {Lane} was gone and is made again. Tasks that a deleted stream held are lost.")]
    public static partial void LaneRepaired(ILogger logger, string lane);

    [LoggerMessage(25, LogLevel.Warning, "{What} failed and is tried again: {Reason}")]
    public static partial void UpkeepFailed(ILogger logger, string what, string reason);

    [LoggerMessage(26, LogLevel.Warning, "The janitor removed {Count} messages of the lane {Lane} that were settled before the server was killed.")]
    public static partial void OrphansRemoved(ILogger logger, long count, string lane);

    [LoggerMessage(27, LogLevel.Warning, "The consumer of the lane {Lane} waits {Existing} for a sign of life, not {Wanted}: others use it with a longer lease.")]
    public static partial void LeaseDiffers(ILogger logger, string lane, TimeSpan existing, TimeSpan wanted);

    [LoggerMessage(34, LogLevel.Warning, "The server did not answer that the task {Task} is done with, in NatsEngineOptions.RequestTimeout. What was recorded of it holds: if it is delivered again, it is not run.")]
    public static partial void SettlingUnanswered(ILogger logger, string task);

    [LoggerMessage(29, LogLevel.Error, "A listener to {Subject} threw.")]
    public static partial void ListenerFailed(ILogger logger, string subject, Exception error);

    [LoggerMessage(28, LogLevel.Warning, "The NATS server {Server} is not on this machine, and neither TLS nor credentials are configured (NatsEngineOptions.Tls, Authentication).")]
    public static partial void Unprotected(ILogger logger, string server);

    [LoggerMessage(30, LogLevel.Information, "The lane {Lane} has {Pending} deliveries under way that are not this connection's; those among the sequences {Floor} to {Delivered} whose tasks are gone are laid to rest.")]
    public static partial void GhostsLaid(ILogger logger, string lane, long pending, ulong floor, ulong delivered);

    [LoggerMessage(33, LogLevel.Error, "The task {Subject}, message {Sequence} of the lane {Lane}, has not ended, though the server says that everything up to {Floor} was settled. The consumer is made again, so that it is delivered.")]
    public static partial void UnsettledBelowFloor(ILogger logger, string subject, ulong sequence, string lane, ulong floor);

    [LoggerMessage(32, LogLevel.Error, "The stream of the lane {Lane} ends at {End}, though tasks up to {Delivered} were delivered: the server forgot what it held when it was killed. The consumer is made again, so that what is enqueued from now on is delivered; tasks that the server forgot are lost. Upgrade the server, or use NatsEngineOptions.Replicas.")]
    public static partial void StreamRewound(ILogger logger, string lane, ulong end, ulong delivered);

    [LoggerMessage(31, LogLevel.Warning, "The NATS server {Server} has version {Version}: when one before 2.10.6 is killed while a queue is nearly full, it drops the oldest tasks as it starts again. Upgrade it, or keep NatsEngineOptions.MaxTasksPerQueue and MaxBytesPerQueue far above what ever waits. What else such servers do is in the production checklist on the page of TypedTasks.Nats.")]
    public static partial void DropsOldestWhenKilled(ILogger logger, string server, Version version);
}
