using System.Net.Sockets;
using System.Text;
using TypedTasks.TestServers.Processes;

namespace TypedTasks.TestServers;

/// <summary>A nats-server of a test's own.</summary>
public sealed class NatsServerProcess : ServerProcess
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly string _clusterConfiguration;

    private NatsServerProcess(NatsServerOptions options, string name, string clusterConfiguration)
        : base(Require.Server(ServerKind.Nats, options.Version), "nats", options.StartTimeout)
    {
        Options = options;
        Name = name;
        _clusterConfiguration = clusterConfiguration;
        Port = TakePort();
        MonitorPort = TakePort();
    }

    /// <summary>
    /// How the server is run. Setting this takes effect with the next start, or with <see cref="ReloadAsync"/> for what
    /// nats-server can reload; another <see cref="NatsServerOptions.Version"/> upgrades or downgrades it on its own store.
    /// </summary>
    public NatsServerOptions Options
    {
        get;
        set
        {
            Binary = Require.Server(ServerKind.Nats, value.Version);
            StartTimeout = value.StartTimeout;
            field = value;
        }
    }

    /// <summary>The server's name, as clients see it in INFO.</summary>
    public string Name { get; }

    /// <summary>The port of the HTTP monitor: /varz, /connz, /jsz, /healthz.</summary>
    public int MonitorPort { get; }

    /// <summary>The address to give to a client.</summary>
    public string Url => $"{(Options.Tls is null ? "nats" : "tls")}://{Host}:{Port}";

    private string ConfigurationFile => Path.Combine(Directory, "nats.conf");

    /// <summary>Starts a server. Skips the test where there is none.</summary>
    public static Task<NatsServerProcess> StartAsync(NatsServerOptions? options = null) =>
        StartedAsync(Create(options ?? new NatsServerOptions(), "n1", ""));

    /// <summary>Reads a page of the HTTP monitor, such as "/jsz?streams=true".</summary>
    public Task<string> MonitorAsync(string path, CancellationToken cancellationToken = default) =>
        Http.GetStringAsync(new Uri($"http://{Host}:{MonitorPort}{path}"), cancellationToken);

    /// <summary>Has the running server read its configuration again (SIGHUP), after <see cref="Options"/> was set.</summary>
    public async Task ReloadAsync()
    {
        int before = Count(LogOfThisStart, "Reloaded server configuration") + Count(LogOfThisStart, "Failed to reload");
        await File.WriteAllTextAsync(ConfigurationFile, Configuration());
        Signal(Signals.HangUp);
        bool answered = await Poll.UntilAsync(
            () => Count(LogOfThisStart, "Reloaded server configuration") + Count(LogOfThisStart, "Failed to reload") > before,
            TimeSpan.FromSeconds(10));
        if (!answered || Count(LogOfThisStart, "Failed to reload") > 0)
        {
            throw new InvalidOperationException($"{Binary} did not take the new configuration:\n{LogOfThisStart}");
        }
    }

    /// <summary>Has the stopped server forget the messages of a stream, though not its consumers: nats-server 2.9.10 was seen to do so when it was killed.</summary>
    public void Forget(string stream) => Remove(stream, "msgs", "*");

    /// <summary>Has the stopped server forget what the consumers of a stream have delivered, though not the consumers: the last of it is what any server forgets that is killed.</summary>
    public void ForgetDeliveries(string stream) => Remove(stream, "obs", "o.dat");

    /// <summary>Starts the lame duck mode (SIGUSR2): clients are told, and closed one after the other.</summary>
    public void EnterLameDuckMode() => Signal(Signals.User2);

    internal static NatsServerProcess Create(NatsServerOptions options, string name, string clusterConfiguration) =>
        new(options, name, clusterConfiguration);

    private protected override IReadOnlyList<string> Arguments()
    {
        File.WriteAllText(ConfigurationFile, Configuration());
        return ["--config", ConfigurationFile];
    }

    private protected override async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The port opens before JetStream has recovered its streams; the health page turns green after that.
            using HttpResponseMessage health = await Http.GetAsync(new Uri($"http://{Host}:{MonitorPort}/healthz"), cancellationToken);
            return health.IsSuccessStatusCode && await GreetsAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or IOException)
        {
            return false;
        }
    }

    private void Remove(string stream, string folder, string files)
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"{Binary} is running: stop or kill it first");
        }

        foreach (string file in System.IO.Directory.GetFiles(Path.Combine(Directory, "store", "jetstream", "$G", "streams", stream, folder), files, SearchOption.AllDirectories))
        {
            File.Delete(file);
        }
    }

    private async Task<bool> GreetsAsync(CancellationToken cancellationToken)
    {
        using TcpClient client = new();
        await client.ConnectAsync(Host, Port, cancellationToken);
        if (Options.HandshakeFirst)
        {
            return true;
        }

        byte[] greeting = new byte[5];
        int read = await client.GetStream().ReadAtLeastAsync(greeting, greeting.Length, throwOnEndOfStream: false, cancellationToken);
        return read == greeting.Length && greeting.AsSpan().SequenceEqual("INFO "u8);
    }

    private string Configuration()
    {
        StringBuilder text = new();
        text.AppendLine($"server_name: {Name}");
        text.AppendLine($"listen: \"{Host}:{Port}\"");
        text.AppendLine($"http: \"{Host}:{MonitorPort}\"");
        if (Options.JetStream)
        {
            text.AppendLine($"jetstream {{ store_dir: \"{Directory}/store\", max_mem: {Options.MaxMemoryStore}, max_file: {Options.MaxFileStore} }}");
        }

        if (Options.Tls is { } tls)
        {
            text.AppendLine($"tls {{ cert_file: \"{tls.ServerFile}\", key_file: \"{tls.ServerKeyFile}\", ca_file: \"{tls.AuthorityFile}\"");
            text.AppendLine($"  verify: {(Options.VerifyClients ? "true" : "false")}, timeout: 5");
            text.AppendLine(Options.HandshakeFirst ? "  handshake_first: true }" : "}");
        }

        text.AppendLine(_clusterConfiguration);
        text.AppendLine(Options.Configuration);
        return text.ToString();
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
