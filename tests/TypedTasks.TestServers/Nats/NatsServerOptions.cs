namespace TypedTasks.TestServers;

/// <summary>How a nats-server is run.</summary>
public sealed record NatsServerOptions
{
    /// <summary>Which release.</summary>
    public ServerVersion Version { get; init; } = ServerVersion.Floor;

    /// <summary>Whether JetStream is on. Its store is in the server's directory and survives restarts.</summary>
    public bool JetStream { get; init; } = true;

    /// <summary>JetStream's limit on disk, as nats-server writes sizes.</summary>
    public string MaxFileStore { get; init; } = "2GB";

    /// <summary>JetStream's limit in memory, as nats-server writes sizes.</summary>
    public string MaxMemoryStore { get; init; } = "256MB";

    /// <summary>More configuration, in nats-server's syntax: authorization, accounts, max_payload, sync_interval …</summary>
    public string Configuration { get; init; } = "";

    /// <summary>Certificates to serve TLS with; null for plain text.</summary>
    public TestCertificates? Tls { get; init; }

    /// <summary>Whether clients must show a certificate of the same authority.</summary>
    public bool VerifyClients { get; init; }

    /// <summary>Whether the TLS handshake comes before INFO (2.10.4 and later).</summary>
    public bool HandshakeFirst { get; init; }

    /// <summary>How long a start may take.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
