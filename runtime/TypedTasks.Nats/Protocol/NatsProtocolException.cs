namespace TypedTasks.Nats.Protocol;

/// <summary>The server sent bytes that are not the NATS protocol, or that exceed a limit. The connection cannot go on.</summary>
internal sealed class NatsProtocolException(string message) : Exception(message);
