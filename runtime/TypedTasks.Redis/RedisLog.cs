using Microsoft.Extensions.Logging;
using TypedTasks.Shared;

namespace TypedTasks.Redis;

/// <summary>Every event that the engine logs. No payload, no key of a user, no password is ever among the arguments.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(1, LogLevel.Warning, "The connection to Redis at {Endpoint} was lost: {Cause}")]
    internal static partial void ConnectionLost(ILogger logger, string endpoint, string cause);

    [LoggerMessage(2, LogLevel.Information, "Connected to Redis at {Endpoint} again after {Failures} failed tries")]
    internal static partial void Reconnected(ILogger logger, string endpoint, int failures);

    /// <summary>Ever more seldom, at last about once a minute and connection.</summary>
    internal static void CannotReconnect(ILogger logger, int attempt, string cause)
    {
        LogLevel level = Outage.LevelOf(attempt);
        CannotReconnect(logger, level, attempt, cause);
    }

    [LoggerMessage(EventId = 3, Message = "Try {Attempt} to connect to Redis failed: {Cause}")]
    private static partial void CannotReconnect(ILogger logger, LogLevel level, int attempt, string cause);

    [LoggerMessage(4, LogLevel.Warning, "The map of the Redis cluster could not be read: {Cause}")]
    internal static partial void NoClusterMap(ILogger logger, string cause);

    [LoggerMessage(5, LogLevel.Warning, "Redis at {Endpoint}: {Finding}")]
    internal static partial void ServerWarning(ILogger logger, string endpoint, string finding);

    [LoggerMessage(6, LogLevel.Error, "The lane {Lane} was gone from Redis (deleted, flushed or evicted) and was made anew. Tasks that it held are lost unless they are still in the stream.")]
    internal static partial void LaneRecreated(ILogger logger, string lane);

    [LoggerMessage(7, LogLevel.Warning, "Reading the lane {Lane} failed and is tried again: {Cause}")]
    internal static partial void ReadFailed(ILogger logger, string lane, string cause);

    [LoggerMessage(8, LogLevel.Information, "{Count} tasks of the lane {Lane} were taken over from workers whose lease had run out")]
    internal static partial void LeasesTakenOver(ILogger logger, int count, string lane);

    [LoggerMessage(9, LogLevel.Warning, "Keeping the lane {Lane} (due tasks, expired leases) failed and is tried again: {Cause}")]
    internal static partial void KeepingFailed(ILogger logger, string lane, string cause);

    [LoggerMessage(10, LogLevel.Error, "A listener of the channel {Channel} threw: {Cause}")]
    internal static partial void ListenerFailed(ILogger logger, string channel, string cause);

    [LoggerMessage(11, LogLevel.Error, "{Count} tasks of the lane {Lane} had been delivered to a consumer that was deleted (XGROUP DELCONSUMER), and were brought back")]
    internal static partial void OrphansBroughtBack(ILogger logger, long count, string lane);
}
