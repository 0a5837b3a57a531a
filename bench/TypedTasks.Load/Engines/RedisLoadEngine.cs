using TypedTasks.Load.Raw;
using TypedTasks.Redis;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Streams;
using TypedTasks.TestServers;

namespace TypedTasks.Load.Engines;

/// <summary>Redis Streams, on a server that keeps nothing, or writes everything to disk every second, or before each answer.</summary>
internal sealed class RedisLoadEngine : LoadEngine
{
    private const string Prefix = "ttload";
    private string _url = "";

    public override string Address => _url;

    public override async ValueTask StartAsync(LoadOptions options)
    {
        AppendOnly storage = options.Storage switch
        {
            null or "off" => AppendOnly.No,
            "everysec" => AppendOnly.EverySecond,
            "always" => AppendOnly.Always,
            _ => throw new BenchException($"--storage is '{options.Storage}'. On Redis it must be off, everysec or always."),
        };
        if (options.Url is { } given)
        {
            _url = options.Storage is null ? given : throw new BenchException("Whether the server at --url writes to disk is its own business: leave out --storage.");
            return;
        }

        RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { Version = Release(ServerKind.Redis, options), AppendOnly = storage });
        Server = server;
        _url = server.Endpoint;
    }

    public override void Use(TypedTasksBuilder tasks, LoadOptions options) => tasks.UseRedis(_url, redis =>
    {
        redis.KeyPrefix = Prefix;
        redis.MaxTasksPerLane = Room(options);
    });

    public override RawWire OpenRaw(LoadOptions options)
    {
        RedisEndpoint endpoint = RedisEndpoint.Parse(RedisEngineOptions.Parse(_url).Endpoints[0], 6379);
        return new RawRedis(endpoint.Host, endpoint.Port, new LaneKeys(Prefix, ILoad.Lane, new QueueKeys(Prefix, ILoad.Lane.Queue)));
    }
}
