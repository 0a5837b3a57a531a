namespace TypedTasks.Nats.Connection;

/// <summary>What kept a connection from being made.</summary>
internal enum ConnectProblem
{
    /// <summary>No answer, refused, lost: another try may do.</summary>
    Unreachable,

    /// <summary>The server does not accept the credentials.</summary>
    Authentication,

    /// <summary>TLS is missing, or the certificate is not trusted.</summary>
    Tls,

    /// <summary>The server is not one that can be used.</summary>
    Unsuitable,
}

/// <summary>A connection could not be made; the message says what to change.</summary>
internal sealed class NatsConnectException(ConnectProblem problem, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What kept it.</summary>
    public ConnectProblem Problem { get; } = problem;
}
