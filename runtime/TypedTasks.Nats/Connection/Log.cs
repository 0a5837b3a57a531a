using Microsoft.Extensions.Logging;

namespace TypedTasks.Nats.Connection;

/// <summary>What the connection tells the log. Addresses are shown without user and password.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Connected to the NATS server {Server}, version {Version}.")]
    public static partial void Connected(ILogger logger, string server, string version);

    [LoggerMessage(2, LogLevel.Warning, "The connection to {Server} was lost: {Reason} Connecting again.")]
    public static partial void Lost(ILogger logger, string server, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{Reason}")]
    public static partial void ConnectFailed(ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Error, "No more attempts to connect: {Reason}")]
    public static partial void GivenUp(ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Warning, "The NATS server reports: {Error}")]
    public static partial void ServerError(ILogger logger, string error);
}
