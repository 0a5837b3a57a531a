using TypedTasks.Nats.Authentication;
using TypedTasks.Shared;

namespace TypedTasks.Nats;

/// <summary>Where JetStream keeps tasks.</summary>
public enum NatsStorage
{
    /// <summary>In files: tasks survive a restart of the server.</summary>
    File = 0,

    /// <summary>In the server's memory: faster, and gone with the server unless replicated.</summary>
    Memory = 1,
}

/// <summary>How the NATS engine connects and what it builds on the server.</summary>
public sealed class NatsEngineOptions
{
    // A server counts in nanoseconds, of which 64 bits hold 292 years.
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(36_500);

    /// <summary>The servers to begin with, such as <c>nats://localhost:4222</c> or <c>tls://nats.example.org</c>. A user and password in an address are used when <see cref="Authentication"/> is null.</summary>
    public IList<string> Servers { get; } = [];

    /// <summary>How the connections prove who they are.</summary>
    public NatsAuthentication? Authentication { get; set; }

    /// <summary>TLS.</summary>
    public NatsTlsOptions Tls { get; } = new();

    /// <summary>The connections' name on the server.</summary>
    public string ConnectionName { get; set; } = "typedtasks";

    /// <summary>Whether servers that the cluster tells of are used too.</summary>
    public bool DiscoverServers { get; set; } = true;

    /// <summary>Begins every subject and every stream's name: several applications share an account when theirs differ.</summary>
    public string Prefix { get; set; } = "tt";

    /// <summary>Begins the subjects on which answers arrive. Change it where permissions ask for a subject of one's own.</summary>
    public string InboxPrefix { get; set; } = "_INBOX";

    /// <summary>The JetStream domain, for servers behind a leaf node; null for the server's own.</summary>
    public string? Domain { get; set; }

    /// <summary>How many servers keep each stream: 1 to 5, and best an odd number. An even one survives the loss of no more servers than the odd one below it.</summary>
    public int Replicas { get; set; } = 1;

    /// <summary>Where tasks are kept.</summary>
    public NatsStorage Storage { get; set; } = NatsStorage.File;

    /// <summary>How many ready and running tasks a queue holds at most; then publishing waits, and fails typed after <see cref="PublishTimeout"/>. Delayed tasks and dead letters do not count: the account's limits hold those.</summary>
    public long MaxTasksPerQueue { get; set; } = 1_000_000;

    /// <summary>How many bytes of ready and running tasks a queue holds at most; -1 for no limit but the server's.</summary>
    public long MaxBytesPerQueue { get; set; } = -1;

    /// <summary>How many tasks of a lane may be in all workers' hands or waiting for a short retry.</summary>
    public int MaxInFlightPerLane { get; set; } = 16_384;

    /// <summary>How long the server remembers the ids of tasks that it was given. At least twice <see cref="PublishTimeout"/>, so that a publish that is sent again is recognised.</summary>
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a publish waits: for a connection, for room in the queue, for the server's answer.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long another request waits for its answer.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long connecting to a server may take, and how long the first connection is tried at all.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the server is asked for a sign of life; two that are missed end the connection.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause between attempts to connect again.</summary>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many publishes and requests may wait for an answer on one connection; further ones wait their turn.</summary>
    public int MaxPendingCalls { get; set; } = 16_384;

    /// <summary>How many bytes those may have; as many may wait their turn, and what exceeds that is refused.</summary>
    public long MaxPendingBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>The longest time that an outcome or a state value can be kept. Records are removed after their own time; this is the limit that the server enforces.</summary>
    public TimeSpan MaxRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The largest outcome or state value, in bytes; never more than the server's <c>max_payload</c>.</summary>
    public int MaxOutcomeLength { get; set; } = 256 * 1024;

    /// <summary>Throws with every value that cannot be, at once.</summary>
    internal void Check() => Check([]);

    /// <summary>Throws with what is known to be wrong and every value that cannot be, at once.</summary>
    internal void Check(IReadOnlyCollection<string> mistakes)
    {
        var wrong = new List<string>(mistakes);
        if (!Protocol.SubjectToken.IsPrefix(Prefix) || Prefix.Contains('$', StringComparison.Ordinal))
        {
            wrong.Add($"{nameof(Prefix)} '{Prefix}': letters, digits, '-' and '_', separated by dots");
        }

        if (!Protocol.SubjectToken.IsPrefix(InboxPrefix))
        {
            wrong.Add($"{nameof(InboxPrefix)} '{InboxPrefix}': letters, digits, '-' and '_', separated by dots");
        }

        if (Domain is not null && (!Protocol.SubjectToken.IsPrefix(Domain) || Domain.Contains('.', StringComparison.Ordinal)))
        {
            wrong.Add($"{nameof(Domain)} '{Domain}': letters, digits, '-' and '_'");
        }

        Require(wrong, Replicas is >= 1 and <= 5, $"{nameof(Replicas)} {Replicas}: 1 to 5");
        Require(wrong, MaxTasksPerQueue >= 1, $"{nameof(MaxTasksPerQueue)} {MaxTasksPerQueue}: at least 1");
        Require(wrong, MaxBytesPerQueue is -1 or >= 1024, $"{nameof(MaxBytesPerQueue)} {MaxBytesPerQueue}: -1 or at least 1024");
        Require(wrong, MaxInFlightPerLane >= 1, $"{nameof(MaxInFlightPerLane)} {MaxInFlightPerLane}: at least 1");
        Require(wrong, OptionTimes.IsWait(PublishTimeout), $"{nameof(PublishTimeout)} {PublishTimeout}: more than zero, at most a day");
        Require(wrong, DuplicateWindow / 2 >= PublishTimeout, $"{nameof(DuplicateWindow)} {DuplicateWindow}: at least twice {nameof(PublishTimeout)} ({PublishTimeout})");
        Require(wrong, OptionTimes.IsWait(RequestTimeout), $"{nameof(RequestTimeout)} {RequestTimeout}: more than zero, at most a day");
        Require(wrong, OptionTimes.IsWait(ConnectTimeout), $"{nameof(ConnectTimeout)} {ConnectTimeout}: more than zero, at most a day");
        Require(wrong, PingInterval >= TimeSpan.FromMilliseconds(50) && OptionTimes.IsWait(PingInterval), $"{nameof(PingInterval)} {PingInterval}: at least 50 ms, at most a day");
        Require(wrong, OptionTimes.IsWait(MaxReconnectDelay), $"{nameof(MaxReconnectDelay)} {MaxReconnectDelay}: more than zero, at most a day");
        Require(wrong, MaxPendingCalls is >= 16 and <= 1_000_000, $"{nameof(MaxPendingCalls)} {MaxPendingCalls}: 16 to 1,000,000");
        Require(wrong, MaxPendingBytes >= 1024 * 1024, $"{nameof(MaxPendingBytes)} {MaxPendingBytes}: at least 1 MiB");
        Require(wrong, MaxRetention >= TimeSpan.FromMinutes(1) && MaxRetention <= LongestRetention, $"{nameof(MaxRetention)} {MaxRetention}: a minute to 36,500 days");
        Require(wrong, MaxRetention >= DuplicateWindow, $"{nameof(MaxRetention)} {MaxRetention}: at least {nameof(DuplicateWindow)} ({DuplicateWindow})");
        Require(wrong, MaxOutcomeLength >= 1024, $"{nameof(MaxOutcomeLength)} {MaxOutcomeLength}: at least 1024");
        foreach (string server in Servers)
        {
            try
            {
                Connection.NatsEndpoint.Parse(server, out _, out _);
            }
            catch (TaskConfigurationException mistake)
            {
                wrong.Add(mistake.Message.TrimEnd('.'));
            }
        }

        if (wrong.Count > 0)
        {
            throw new TaskConfigurationException($"NatsEngineOptions cannot be used: {string.Join("; ", wrong)}.");
        }
    }

    private static void Require(List<string> wrong, bool condition, string message)
    {
        if (!condition)
        {
            wrong.Add(message);
        }
    }
}
