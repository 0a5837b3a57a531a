using TypedTasks.Nats.Authentication;

namespace TypedTasks.Nats.Connection;

/// <summary>What a connection needs to know, read from the engine's options once.</summary>
internal sealed record ConnectionSettings
{
    public required IReadOnlyList<NatsEndpoint> Servers { get; init; }

    public NatsAuthentication? Authentication { get; init; }

    public NatsTlsOptions Tls { get; init; } = new();

    public string Name { get; init; } = "typedtasks";

    public string InboxPrefix { get; init; } = "_INBOX";

    public bool DiscoverServers { get; init; } = true;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer may take before the frame is sent again.</summary>
    public TimeSpan ReplyPatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a server that says "not now" is left alone.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(250);

    public int MaxCalls { get; init; } = 16 * 1024;

    public long MaxCallBytes { get; init; } = 32 * 1024 * 1024;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
