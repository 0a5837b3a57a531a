using Microsoft.Extensions.Logging;
using TypedTasks.Shared;

namespace TypedTasks.Nats.Connection;

/// <summary>What the connection tells the log. Addresses are shown without user and password.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Connected to the NATS server at {Server}, version {Version} ('{Connection}').")]
    public static partial void Connected(ILogger logger, string server, string version, string connection);

    [LoggerMessage(2, LogLevel.Warning, "The connection '{Connection}' to {Server} was lost: {Reason} Connecting again.")]
    public static partial void Lost(ILogger logger, string connection, string server, string reason);

    /// <summary>Ever more seldom, at last about once in two minutes and connection. Another kind of reason is told at once.</summary>
    public static void ConnectFailed(ILogger logger, string connection, int failures, string reason, bool isNew) =>
        ConnectFailed(logger, isNew ? LogLevel.Warning : Outage.LevelOf(failures), connection, failures, reason);

    [LoggerMessage(EventId = 3, Message = "{Reason} ('{Connection}', failures so far: {Failures}.)")]
    private static partial void ConnectFailed(ILogger logger, LogLevel level, string connection, int failures, string reason);

    [LoggerMessage(4, LogLevel.Error, "No more attempts of '{Connection}' to connect: {Reason}")]
    public static partial void GivenUp(ILogger logger, string connection, string reason);

    [LoggerMessage(5, LogLevel.Warning, "The NATS server reports to '{Connection}': {Error}")]
    public static partial void ServerError(ILogger logger, string connection, string error);
}
