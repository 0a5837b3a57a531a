using System.Net.Security;

namespace TypedTasks.Redis;

/// <summary>How the Redis engine connects, and what its lanes hold at most.</summary>
public sealed record RedisEngineOptions
{
    /// <summary>The servers as <c>host:port</c>: one, or several of a cluster, or the Sentinels when <see cref="ServiceName"/> is set.</summary>
    public IReadOnlyList<string> Endpoints { get; set; } = ["localhost:6379"];

    /// <summary>The name under which the Sentinels know the primary; null to connect directly.</summary>
    public string? ServiceName { get; set; }

    /// <summary>The ACL user; null for the default user.</summary>
    public string? User { get; set; }

    /// <summary>The password; null to connect without.</summary>
    public string? Password { get; set; }

    /// <summary>Whether to use TLS. It has a port of its own: there is no upgrade.</summary>
    public bool Ssl { get; set; }

    /// <summary>The name that the server's certificate must carry; null for the host of the endpoint.</summary>
    public string? SslHost { get; set; }

    /// <summary>Decides whether a server's certificate is good; null for the usual validation, which is the right choice outside tests.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; set; }

    /// <summary>The number of the database. A cluster has only 0.</summary>
    public int DefaultDatabase { get; set; }

    /// <summary>The name of the connections, shown by <c>CLIENT LIST</c>.</summary>
    public string ClientName { get; set; } = "typedtasks";

    /// <summary>The first part of every key and channel, so that several applications can share a server.</summary>
    public string KeyPrefix { get; set; } = "tt";

    /// <summary>How long connecting may take, and how long a server that is just starting is waited for.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a command may go unanswered before its connection counts as dead.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After how much silence a connection is probed.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many tasks a lane holds at most: ready, delayed and in workers' hands. Publishing beyond it waits, then fails typed.</summary>
    public int MaxTasksPerLane { get; set; } = 1_000_000;

    /// <summary>How long publishing waits for room in a full lane.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest envelope, in bytes.</summary>
    public int MaxEnvelopeLength { get; set; } = 1024 * 1024;

    /// <summary>The largest outcome or state value, in bytes.</summary>
    public int MaxOutcomeLength { get; set; } = 1024 * 1024;

    /// <summary>How many commands may be unanswered on the shared connection. As many more may wait to be sent, and as many tasks for room in full lanes; further ones fail at once.</summary>
    public int MaxInFlight { get; set; } = 16 * 1024;

    /// <summary>How many bytes of commands may be unanswered on the shared connection. As many more may wait to be sent, and as many of tasks for room in full lanes; further ones fail at once.</summary>
    public long MaxInFlightBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many replicas must have what is written before anyone is told that it was done; 0 to go on without waiting for any. Costs every command a way to the replicas and back.
    /// With fewer of them, publishing waits for <see cref="PublishTimeout"/> and then fails as unconfirmed, and everything else goes on after <see cref="WaitTimeout"/>.
    /// </summary>
    public int WaitReplicas { get; set; }

    /// <summary>How long a batch of commands waits for <see cref="WaitReplicas"/> replicas. Less than <see cref="CommandTimeout"/>.</summary>
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a host does not start while its server is away: <c>abortConnect</c> of the connection string.</summary>
    internal bool AbortsConnect { get; set; } = true;

    /// <summary>The version of RESP to ask for first.</summary>
    internal int Protocol { get; set; } = 3;

    /// <summary>
    /// Reads a connection string: endpoints separated by commas, with options among them as in
    /// <c>host:6379,password=…,ssl=true,user=…,defaultDatabase=1,serviceName=…</c>. Options of other clients that mean nothing here, such as <c>allowAdmin</c>, are ignored; one that nobody knows is refused.
    /// </summary>
    /// <exception cref="TaskConfigurationException">The text is not a connection string; the message names the part, never the password.</exception>
    public static RedisEngineOptions Parse(string connectionString) => ConnectionString.Parse(connectionString);

    /// <summary>Where this connects to, without any secret.</summary>
    public override string ToString() =>
        string.Join(',', Endpoints) + (ServiceName is null ? "" : $",serviceName={ServiceName}") + (Ssl ? ",ssl=true" : "");
}
