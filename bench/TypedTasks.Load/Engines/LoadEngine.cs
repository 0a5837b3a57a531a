using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using TypedTasks.Load.Raw;
using TypedTasks.TestServers;

namespace TypedTasks.Load.Engines;

/// <summary>
/// An engine under load. One that needs a server starts it here, on a free port, and stops it when it is disposed of. A new engine is one class
/// beside this file and one line in <see cref="Create"/>.
/// </summary>
internal abstract class LoadEngine : IAsyncDisposable
{
    /// <exception cref="BenchException">There is no such engine.</exception>
    public static LoadEngine Create(string name) => name switch
    {
        "embedded" => new EmbeddedLoadEngine(),
        "nats" => new NatsLoadEngine(),
        "redis" => new RedisLoadEngine(),
        _ => throw new BenchException($"There is no engine '{name}'. Available: embedded, nats, redis."),
    };

    /// <summary>Starts what the engine needs.</summary>
    /// <exception cref="BenchException">The options make no sense for this engine, or there is no server on this machine.</exception>
    public virtual ValueTask StartAsync(LoadOptions options) =>
        options.Url is null && options.Storage is null && options.Server is null ? default : throw new BenchException("The embedded engine has no server: leave out --url, --server and --storage.");

    /// <summary>Where its server is, for other processes.</summary>
    public virtual string Address => "";

    /// <summary>Uses the engine in a host.</summary>
    public abstract void Use(TypedTasksBuilder tasks, LoadOptions options);

    /// <summary>A host is done with: each has an engine of its own, as processes have.</summary>
    public virtual async ValueTask EndAsync(IHost host)
    {
        await host.StopAsync();
        host.Dispose();
    }

    /// <summary>Bare sockets into the lane that the run used; null for an engine that has no wire.</summary>
    public virtual RawWire? OpenRaw(LoadOptions options) => null;

    /// <summary>The processor time that a server which was started here has used so far.</summary>
    public TimeSpan ServerTime
    {
        get
        {
            if (Server is not { } server)
            {
                return TimeSpan.Zero;
            }

            using var process = Process.GetProcessById(server.ProcessId);
            return process.TotalProcessorTime;
        }
    }

    public virtual ValueTask DisposeAsync() => Server?.DisposeAsync() ?? default;

    /// <summary>The server that was started here; null when one was given, or none is needed.</summary>
    protected ServerProcess? Server { get; set; }

    /// <summary>More tasks than a run has in a lane at once: no mode measures how long a full lane makes its callers wait.</summary>
    protected static int Room(LoadOptions options) => options.WarmUpTasks + options.Depth + options.Tasks + 10_000;

    /// <summary>Which release to start; says what is missing where there is none.</summary>
    protected static ServerVersion Release(ServerKind kind, LoadOptions options)
    {
        ServerVersion version = options.Server switch
        {
            null or "floor" => ServerVersion.Floor,
            "newest" => ServerVersion.Newest,
            _ => throw new BenchException($"--server is '{options.Server}'. It must be floor or newest."),
        };
        return ServerBinary.Find(kind, version, out string reason) is null ? throw new BenchException($"Cannot start a server: {reason}.") : version;
    }
}
