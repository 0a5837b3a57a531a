using TypedTasks.TestServers.Processes;

namespace TypedTasks.TestServers;

/// <summary>A primary, its replicas, and the Sentinels that watch them and promote a replica when the primary is gone.</summary>
public sealed class RedisSentinelGroup : IAsyncDisposable
{
    private readonly List<RedisServerProcess> _servers = [];
    private readonly List<RedisServerProcess> _sentinels = [];

    private RedisSentinelGroup()
    {
    }

    /// <summary>The name that the Sentinels know the primary by.</summary>
    public string PrimaryName => "primary";

    /// <summary>The data servers; the first was the primary at the start.</summary>
    public IReadOnlyList<RedisServerProcess> Servers => _servers;

    /// <summary>The Sentinels: what a client is configured with.</summary>
    public IReadOnlyList<RedisServerProcess> Sentinels => _sentinels;

    /// <summary>Starts the group and waits until every Sentinel knows every other and all replicas. Skips where there is no server.</summary>
    public static async Task<RedisSentinelGroup> StartAsync(int replicas = 1, int sentinels = 3, RedisServerOptions? options = null)
    {
        options ??= new RedisServerOptions();
        RedisSentinelGroup group = new();
        try
        {
            RedisServerProcess primary = await RedisServerProcess.StartAsync(options);
            group._servers.Add(primary);
            for (int index = 0; index < replicas; index++)
            {
                group._servers.Add(await RedisServerProcess.StartAsync(options with { ReplicaOf = primary }));
            }

            string watch = $"""
                sentinel monitor {group.PrimaryName} {primary.Host} {primary.Port} {(sentinels / 2) + 1}
                sentinel down-after-milliseconds {group.PrimaryName} 1000
                sentinel failover-timeout {group.PrimaryName} 5000
                {(options.Password is null ? "" : $"sentinel auth-pass {group.PrimaryName} {options.Password}")}
                """;
            for (int index = 0; index < sentinels; index++)
            {
                group._sentinels.Add(await RedisServerProcess.StartAsync(new RedisServerOptions { Version = options.Version, Sentinel = watch }));
            }

            bool complete = await Poll.UntilAsync(
                async _ =>
                {
                    foreach (RedisServerProcess sentinel in group._sentinels)
                    {
                        if (await CountAsync(sentinel, "SENTINELS", group.PrimaryName) != sentinels - 1
                            || await CountAsync(sentinel, "REPLICAS", group.PrimaryName) != replicas)
                        {
                            return false;
                        }
                    }

                    return true;
                },
                TimeSpan.FromSeconds(40));
            return complete ? group : throw new TimeoutException($"the Sentinels did not find each other:\n{group._sentinels[0].Log}");
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    /// <summary>The server that the Sentinels now name as the primary.</summary>
    public async Task<RedisServerProcess> PrimaryAsync()
    {
        RedisServerProcess sentinel = _sentinels.Find(one => one.IsRunning) ?? throw new InvalidOperationException("no Sentinel is running");
        object?[] address = (object?[])(await sentinel.CommandAsync("SENTINEL", "GET-MASTER-ADDR-BY-NAME", PrimaryName))!;
        return _servers.Single(server => $"{server.Port}" == (string?)address[1]);
    }

    /// <summary>Waits until the Sentinels name another primary than <paramref name="former"/>, and it says so itself.</summary>
    public async Task<RedisServerProcess> WaitForFailoverAsync(RedisServerProcess former, TimeSpan? timeout = null)
    {
        TimeSpan limit = timeout ?? TimeSpan.FromSeconds(30);
        RedisServerProcess primary = former;
        bool done = await Poll.UntilAsync(
            async _ =>
            {
                primary = await PrimaryAsync();
                return primary != former && primary.IsRunning && await primary.InfoAsync("role") == "master";
            },
            limit);
        return done ? primary : throw new TimeoutException($"no failover in {limit.TotalSeconds:0.#} s:\n{_sentinels[0].Log}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (RedisServerProcess server in _sentinels.Concat(_servers))
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<int> CountAsync(RedisServerProcess sentinel, string what, string name) =>
        ((object?[])(await sentinel.CommandAsync("SENTINEL", what, name))!).Length;
}
