namespace TypedTasks.TestServers;

/// <summary>What happened in a <see cref="FaultProxy"/>.</summary>
public enum ProxyEventKind
{
    /// <summary>A client connected, and the proxy to the server.</summary>
    Connected,

    /// <summary>A client was reset because the proxy refuses connections or has too many.</summary>
    Refused,

    /// <summary>A client was reset because the server could not be reached.</summary>
    NoServer,

    /// <summary>A side closed its sending half, and the other was told.</summary>
    Ended,

    /// <summary>A connection ended by itself: both sides closed, or one was reset.</summary>
    Closed,

    /// <summary>A connection was closed by the proxy.</summary>
    Cut,

    /// <summary>A connection was reset by the proxy.</summary>
    Reset,

    /// <summary>A byte was changed.</summary>
    Corrupted,

    /// <summary>Bytes were added.</summary>
    Injected,
}

/// <summary>One thing that happened in a <see cref="FaultProxy"/>.</summary>
/// <param name="Kind">What.</param>
/// <param name="Connection">To which connection, counted from 1.</param>
/// <param name="ToServer">In which direction; null when not in one.</param>
/// <param name="Offset">How many bytes that direction had forwarded, over all connections.</param>
public readonly record struct ProxyEvent(ProxyEventKind Kind, int Connection, bool? ToServer, long Offset);
