using System.Numerics;
using Microsoft.Extensions.Logging;

namespace TypedTasks.Nats.Connection;

/// <summary>What the connection tells the log. Addresses are shown without user and password.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Connected to the NATS server {Server}, version {Version}.")]
    public static partial void Connected(ILogger logger, string server, string version);

    [LoggerMessage(2, LogLevel.Warning, "The connection to {Server} was lost: {Reason} Connecting again.")]
    public static partial void Lost(ILogger logger, string server, string reason);

    /// <summary>The first failures are told, then ever fewer, at last every 32nd: about one in two minutes and connection, however long the server is away. Another kind of reason is told at once.</summary>
    public static void ConnectFailed(ILogger logger, int failures, string reason, bool isNew) =>
        ConnectFailed(logger, isNew || failures % 32 == 0 || (failures < 32 && BitOperations.IsPow2(failures)) ? LogLevel.Warning : LogLevel.Debug, failures, reason);

    [LoggerMessage(EventId = 3, Message = "{Reason} (Failures so far: {Failures}.)")]
    private static partial void ConnectFailed(ILogger logger, LogLevel level, int failures, string reason);

    [LoggerMessage(4, LogLevel.Error, "No more attempts to connect: {Reason}")]
    public static partial void GivenUp(ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Warning, "The NATS server reports: {Error}")]
    public static partial void ServerError(ILogger logger, string error);
}
