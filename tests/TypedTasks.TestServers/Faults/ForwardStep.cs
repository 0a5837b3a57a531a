namespace TypedTasks.TestServers.Faults;

/// <summary>What a connection does next with the bytes it holds.</summary>
/// <param name="Take">How many of them this step is about.</param>
internal readonly record struct ForwardStep(int Take)
{
    /// <summary>They are thrown away.</summary>
    public bool Swallowed { get; init; }

    /// <summary>One of them was changed.</summary>
    public bool Corrupted { get; init; }

    /// <summary>These are sent, before anything else.</summary>
    public byte[]? Injected { get; init; }

    /// <summary>How long to wait after sending.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>How the connection ends after sending; null if it goes on.</summary>
    public ProxyEventKind? End { get; init; }
}
