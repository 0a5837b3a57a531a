using TypedTasks.Load.Raw;
using TypedTasks.Nats;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;

namespace TypedTasks.Load.Engines;

/// <summary>JetStream, in the server's memory or in files.</summary>
internal sealed class NatsLoadEngine : LoadEngine
{
    // So that the stream of a server that was given is no other program's, and is left as it was found: empty.
    private const string Prefix = "ttload";
    private string _url = "";

    public override string Address => _url;

    public override async ValueTask StartAsync(LoadOptions options)
    {
        StorageOf(options);
        if (options.Url is { } given)
        {
            _url = given;
            return;
        }

        NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions
        {
            Version = Release(ServerKind.Nats, options),
            MaxMemoryStore = "16GB",
            MaxFileStore = "16GB",
        });
        Server = server;
        _url = server.Url;
    }

    public override void Use(TypedTasksBuilder tasks, LoadOptions options) => tasks.UseNats(_url, nats =>
    {
        nats.Prefix = Prefix;
        nats.Storage = StorageOf(options);
        nats.MaxTasksPerQueue = Room(options);
    });

    public override RawWire OpenRaw(LoadOptions options)
    {
        var uri = new Uri(_url.Split(',')[0]);
        return new RawNats(uri.Host, uri.IsDefaultPort || uri.Port < 0 ? 4222 : uri.Port, new Names(Prefix, domain: null).Of(ILoad.Lane));
    }

    private static NatsStorage StorageOf(LoadOptions options) => options.Storage switch
    {
        null or "memory" => NatsStorage.Memory,
        "file" => NatsStorage.File,
        _ => throw new BenchException($"--storage is '{options.Storage}'. On NATS it must be memory or file."),
    };
}
