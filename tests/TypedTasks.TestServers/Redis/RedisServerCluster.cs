using TypedTasks.TestServers.Processes;

namespace TypedTasks.TestServers;

/// <summary>Redis servers that share the hash slots among them.</summary>
public sealed class RedisServerCluster : IAsyncDisposable
{
    private const int Slots = 16_384;

    private readonly List<RedisServerProcess> _nodes = [];

    private RedisServerCluster()
    {
    }

    /// <summary>The nodes: first the primaries, in the order of their slots, then the replicas.</summary>
    public IReadOnlyList<RedisServerProcess> Nodes => _nodes;

    /// <summary>Starts a cluster and waits until every node says that it is whole. Skips the test where there is no server.</summary>
    public static async Task<RedisServerCluster> StartAsync(int primaries = 3, int replicasEach = 0, RedisServerOptions? options = null)
    {
        options = (options ?? new RedisServerOptions()) with { Cluster = true };
        RedisServerCluster cluster = new();
        try
        {
            for (int index = 0; index < primaries * (1 + replicasEach); index++)
            {
                cluster._nodes.Add(await RedisServerProcess.StartAsync(options));
            }

            RedisServerProcess first = cluster._nodes[0];
            for (int index = 0; index < primaries; index++)
            {
                await cluster._nodes[index].CommandAsync(
                    "CLUSTER", "ADDSLOTSRANGE", $"{Slots * index / primaries}", $"{(Slots * (index + 1) / primaries) - 1}");
                await cluster._nodes[index].CommandAsync("CLUSTER", "SET-CONFIG-EPOCH", $"{index + 1}");
            }

            foreach (RedisServerProcess node in cluster._nodes.Skip(1))
            {
                await first.CommandAsync("CLUSTER", "MEET", node.Host, $"{node.Port}", $"{node.BusPort}");
            }

            await cluster.WaitUntilWholeAsync();
            for (int index = primaries; index < cluster._nodes.Count; index++)
            {
                string primary = (string)(await cluster._nodes[index % primaries].CommandAsync("CLUSTER", "MYID"))!;
                await cluster._nodes[index].CommandAsync("CLUSTER", "REPLICATE", primary);
            }

            await cluster.WaitUntilWholeAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until every running node knows all nodes and sees all slots served.</summary>
    public async Task WaitUntilWholeAsync(TimeSpan? timeout = null)
    {
        TimeSpan limit = timeout ?? TimeSpan.FromSeconds(30);
        bool whole = await Poll.UntilAsync(
            async _ =>
            {
                foreach (RedisServerProcess node in _nodes.Where(node => node.IsRunning))
                {
                    string info = (string)(await node.CommandAsync("CLUSTER", "INFO"))!;
                    if (!info.Contains("cluster_state:ok", StringComparison.Ordinal)
                        || !info.Contains($"cluster_known_nodes:{_nodes.Count}\r", StringComparison.Ordinal))
                    {
                        return false;
                    }
                }

                return true;
            },
            limit);
        if (!whole)
        {
            throw new TimeoutException($"the cluster was not whole after {limit.TotalSeconds:0.#} s:\n{_nodes[0].Log}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (RedisServerProcess node in _nodes)
        {
            await node.DisposeAsync();
        }
    }
}
