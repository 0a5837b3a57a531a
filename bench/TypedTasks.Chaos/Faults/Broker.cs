using TypedTasks.TestServers;

namespace TypedTasks.Chaos.Faults;

/// <summary>The broker of a run: a server of our own.</summary>
internal sealed class Broker : IAsyncDisposable
{
    // A run shares the machine with what it breaks, and with other runs.
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);

    // Redis's own default, which tests do without: the log of a long run would be read from its first task at each restart.
    private const string RewritesLog = "auto-aof-rewrite-percentage 100";

    private readonly Func<int, string> _address;
    private readonly FaultProxy? _proxy;

    private Broker(ServerProcess server, string about, Func<int, string> address, bool needsProxy)
    {
        Server = server;
        About = about;
        _address = address;
        _proxy = needsProxy ? FaultProxy.Start(server.Port) : null;
    }

    public ServerProcess Server { get; }

    /// <summary>Release and settings, for the report.</summary>
    public string About { get; }

    /// <summary>What stands between the processes and the server, when the experiment asks for it.</summary>
    public FaultProxy Proxy => _proxy ?? throw new InvalidOperationException("This experiment has no proxy.");

    /// <summary>The address for the processes whose connections are broken.</summary>
    public string Address => _address(_proxy?.Port ?? Server.Port);

    /// <summary>The address for those who look on.</summary>
    public string DirectAddress => _address(Server.Port);

    /// <exception cref="BenchException">There is no such server here, or no such setting.</exception>
    public static async Task<Broker> StartAsync(ChaosOptions options)
    {
        ServerKind kind = options.Engine == "nats" ? ServerKind.Nats : ServerKind.Redis;
        if (ServerBinary.Find(kind, options.Server, out string reason) is not { } binary)
        {
            throw new BenchException($"Not run: {reason}.");
        }

        bool needsProxy = options.Experiment.NeedsProxy;
        switch (options.Engine, options.Storage)
        {
            case ("nats", "" or "file"):
                NatsServerProcess nats = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = options.Server, StartTimeout = LongestStart });
                return new Broker(nats, $"{binary}, file storage, sync_interval as it comes (2 m)", port => $"nats://127.0.0.1:{port}", needsProxy);
            case ("redis", "" or "always" or "everysec"):
                AppendOnly appendOnly = options.Storage == "everysec" ? AppendOnly.EverySecond : AppendOnly.Always;
                RedisServerProcess redis = await RedisServerProcess.StartAsync(new RedisServerOptions { Version = options.Server, AppendOnly = appendOnly, Configuration = RewritesLog, StartTimeout = LongestStart });
                return new Broker(redis, $"{binary}, appendfsync {(appendOnly == AppendOnly.Always ? "always" : "everysec")}", port => $"127.0.0.1:{port}", needsProxy);
            default:
                throw new BenchException($"--storage is '{options.Storage}'. See --help.");
        }
    }

    /// <summary>What the server itself says that it holds: read when something is left over.</summary>
    public async Task<string> DescribeAsync() => Server switch
    {
        NatsServerProcess nats => await nats.MonitorAsync("/jsz?accounts=true&streams=true&consumers=true&config=true"),
        RedisServerProcess redis => string.Join('\n', ((object?[])(await redis.CommandAsync("KEYS", "tt:*"))!).Order()) + "\n" + await redis.CommandAsync("INFO"),
        _ => "",
    };

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        await Server.DisposeAsync();
    }
}
