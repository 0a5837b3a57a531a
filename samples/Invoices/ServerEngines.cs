using TypedTasks;
using TypedTasks.Nats;
using TypedTasks.Redis;

namespace Shop;

/// <summary>The engine is one line of a host; here the command line chooses it.</summary>
public static class ServerEngines
{
    public static TypedTasksBuilder UseEngineOf(this TypedTasksBuilder tasks, SampleOptions options) => options.Engine switch
    {
        "nats" => tasks.UseNats(options.Url),
        "redis" => tasks.UseRedis(options.Url),
        _ => tasks.UseEmbedded(),
    };

    /// <summary>How to get a server to run on.</summary>
    public static string HowToStart(SampleOptions options) => options.Engine switch
    {
        "nats" => "A server for it starts with: nats-server -js   (or: docker run --rm -p 4222:4222 nats -js)",
        "redis" => "A server for it starts with: redis-server   (or: docker run --rm -p 6379:6379 redis)",
        _ => "",
    };
}
