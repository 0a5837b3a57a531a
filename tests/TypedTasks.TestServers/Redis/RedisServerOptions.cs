namespace TypedTasks.TestServers;

/// <summary>When Redis writes what it was told to disk.</summary>
public enum AppendOnly
{
    /// <summary>Never: a restart loses everything.</summary>
    No,

    /// <summary>To the operating system before the answer, to disk every second.</summary>
    EverySecond,

    /// <summary>To disk before the answer.</summary>
    Always,
}

/// <summary>How a redis-server or valkey-server is run.</summary>
public sealed record RedisServerOptions
{
    /// <summary>Which release: the floor is redis-server 7.0, the newest is valkey-server 8.0 or later.</summary>
    public ServerVersion Version { get; init; } = ServerVersion.Floor;

    /// <summary>What survives a restart or a kill.</summary>
    public AppendOnly AppendOnly { get; init; } = AppendOnly.EverySecond;

    /// <summary>The memory limit, as Redis writes sizes ("32mb"); null for none.</summary>
    public string? MaxMemory { get; init; }

    /// <summary>What Redis does at that limit.</summary>
    public string MaxMemoryPolicy { get; init; } = "noeviction";

    /// <summary>The password of the default user; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>The content of an ACL file, one "user …" line each; null for none.</summary>
    public string? AccessControl { get; init; }

    /// <summary>Certificates to serve TLS with, on <see cref="RedisServerProcess.TlsPort"/> beside the plain port; null for none.</summary>
    public TestCertificates? Tls { get; init; }

    /// <summary>Whether TLS clients must show a certificate of the same authority.</summary>
    public bool VerifyClients { get; init; }

    /// <summary>The server to replicate; null for a primary.</summary>
    public RedisServerProcess? ReplicaOf { get; init; }

    /// <summary>Whether this is a node of a cluster (see <see cref="RedisServerCluster"/>).</summary>
    public bool Cluster { get; init; }

    /// <summary>More configuration, in Redis's syntax.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>How long a start may take.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The configuration of a Sentinel; null for a data server.</summary>
    internal string? Sentinel { get; init; }
}
