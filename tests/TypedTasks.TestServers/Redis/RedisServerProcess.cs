using System.Net.Sockets;
using System.Text;

namespace TypedTasks.TestServers;

/// <summary>A redis-server or valkey-server of a test's own.</summary>
public sealed class RedisServerProcess : ServerProcess
{
    private readonly int _busPort;
    private bool _written;

    private RedisServerProcess(RedisServerOptions options)
        : base(Require.Server(ServerKind.Redis, options.Version), "redis", options.StartTimeout)
    {
        Options = options;
        Port = TakePort();
        TlsPort = options.Tls is null ? 0 : TakePort();
        _busPort = options.Cluster ? TakePort() : 0;
    }

    /// <summary>
    /// How the server is run. Setting this takes effect with the next start; another <see cref="RedisServerOptions.Version"/>
    /// upgrades it on its own data. Until then the configuration file is left to the server, which may rewrite it.
    /// </summary>
    public RedisServerOptions Options
    {
        get;
        set
        {
            Binary = Require.Server(ServerKind.Redis, value.Version);
            StartTimeout = value.StartTimeout;
            _written = false;
            field = value;
        }
    }

    /// <summary>The port for TLS; 0 without certificates.</summary>
    public int TlsPort { get; }

    /// <summary>Host and plain port, as a client takes them.</summary>
    public string Endpoint => $"{Host}:{Port}";

    internal int BusPort => _busPort;

    private string ConfigurationFile => Path.Combine(Directory, "redis.conf");

    /// <summary>Starts a server. Skips the test where there is none.</summary>
    public static Task<RedisServerProcess> StartAsync(RedisServerOptions? options = null) =>
        StartedAsync(new RedisServerProcess(options ?? new RedisServerOptions()));

    /// <summary>Runs one command on a connection of its own, as the default user, apart from the client under test.</summary>
    /// <returns>A string, a long, null, or an array of those.</returns>
    /// <exception cref="RedisReplyException">The server refused the command.</exception>
    public async Task<object?> CommandAsync(params IReadOnlyList<string> arguments)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(10));
        return await RedisCommand.RunAsync(Host, Port, Options.Password, arguments, limit.Token);
    }

    /// <summary>Reads one field of INFO, such as "used_memory" or "role".</summary>
    public async Task<string?> InfoAsync(string field)
    {
        string text = (string)(await CommandAsync("INFO"))!;
        return text.Split("\r\n").FirstOrDefault(line => line.StartsWith(field + ":", StringComparison.Ordinal))?[(field.Length + 1)..];
    }

    private protected override IReadOnlyList<string> Arguments()
    {
        // Redis and Sentinel write what they learn (a new primary, known peers) into this file: it is only made anew on request.
        if (!_written)
        {
            File.WriteAllText(ConfigurationFile, Configuration());
            _written = true;
        }

        return Options.Sentinel is null ? [ConfigurationFile] : [ConfigurationFile, "--sentinel"];
    }

    private protected override async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RedisCommand.RunAsync(Host, Port, Options.Password, ["PING"], cancellationToken);
            return true;
        }
        catch (RedisReplyException refusal) when (refusal.Message.StartsWith("LOADING", StringComparison.Ordinal))
        {
            return false;
        }
        catch (RedisReplyException)
        {
            // An ACL that keeps us out: the port answers, and the log says the rest.
            return LogOfThisStart.Contains("Ready to accept connections", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    private string Configuration()
    {
        StringBuilder text = new();
        text.AppendLine($"bind {Host}");
        text.AppendLine($"port {Port}");
        text.AppendLine($"dir {Directory}");
        text.AppendLine("protected-mode no");
        text.AppendLine("daemonize no");
        if (Options.Sentinel is { } sentinel)
        {
            text.AppendLine(sentinel);
            text.AppendLine(Options.Configuration);
            return text.ToString();
        }

        text.AppendLine("save \"\"");
        text.AppendLine("auto-aof-rewrite-percentage 0");
        text.AppendLine("enable-debug-command local");
        text.AppendLine($"appendonly {(Options.AppendOnly == AppendOnly.No ? "no" : "yes")}");
        text.AppendLine($"appendfsync {(Options.AppendOnly == AppendOnly.Always ? "always" : "everysec")}");
        text.AppendLine($"maxmemory {Options.MaxMemory ?? "0"}");
        text.AppendLine($"maxmemory-policy {Options.MaxMemoryPolicy}");
        if (Options.Password is { } password)
        {
            text.AppendLine($"requirepass {password}");
            text.AppendLine($"masterauth {password}");
        }

        if (Options.AccessControl is { } accessControl)
        {
            string file = Path.Combine(Directory, "users.acl");
            File.WriteAllText(file, accessControl.TrimEnd() + "\n");
            text.AppendLine($"aclfile {file}");
        }

        if (Options.Tls is { } tls)
        {
            text.AppendLine($"tls-port {TlsPort}");
            text.AppendLine($"tls-cert-file {tls.ServerFile}");
            text.AppendLine($"tls-key-file {tls.ServerKeyFile}");
            text.AppendLine($"tls-ca-cert-file {tls.AuthorityFile}");
            text.AppendLine($"tls-auth-clients {(Options.VerifyClients ? "yes" : "no")}");
        }

        if (Options.Cluster)
        {
            text.AppendLine("cluster-enabled yes");
            text.AppendLine($"cluster-port {BusPort}");
            text.AppendLine("cluster-node-timeout 2000");
        }

        if (Options.ReplicaOf is { } primary)
        {
            text.AppendLine($"replicaof {primary.Host} {primary.Port}");
            text.AppendLine("repl-diskless-sync-delay 0");
        }

        text.AppendLine(Options.Configuration);
        return text.ToString();
    }
}
