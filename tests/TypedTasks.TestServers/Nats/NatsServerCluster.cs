using System.Text.Json;
using TypedTasks.TestServers.Processes;

namespace TypedTasks.TestServers;

/// <summary>Nats-servers that form one cluster with replicated JetStream.</summary>
public sealed class NatsServerCluster : IAsyncDisposable
{
    private readonly IReadOnlyList<int> _routePorts;

    private NatsServerCluster(IReadOnlyList<NatsServerProcess> nodes, IReadOnlyList<int> routePorts)
    {
        Nodes = nodes;
        _routePorts = routePorts;
    }

    /// <summary>The servers; each can be killed, paused and restarted alone.</summary>
    public IReadOnlyList<NatsServerProcess> Nodes { get; }

    /// <summary>The addresses to give to a client, separated by commas.</summary>
    public string Url => string.Join(',', Nodes.Select(node => node.Url));

    /// <summary>Starts a cluster and waits until it has a JetStream leader. Skips the test where there is no server.</summary>
    public static async Task<NatsServerCluster> StartAsync(int size = 3, NatsServerOptions? options = null)
    {
        options ??= new NatsServerOptions { StartTimeout = TimeSpan.FromSeconds(40) };
        Require.Server(ServerKind.Nats, options.Version);

        List<int> ports = [.. Enumerable.Range(0, size).Select(_ => LoopbackPorts.Take())];
        string routes = string.Join(", ", ports.Select(port => $"\"nats://127.0.0.1:{port}\""));
        List<NatsServerProcess> nodes = [.. ports.Select((port, index) => NatsServerProcess.Create(
            options, $"n{index + 1}", $"cluster {{ name: test, listen: \"127.0.0.1:{port}\", routes: [{routes}] }}"))];
        NatsServerCluster cluster = new(nodes, ports);
        try
        {
            // Together: no node is healthy before a majority is there.
            await Task.WhenAll(nodes.Select(node => node.LaunchAsync()));
            await cluster.WaitForLeaderAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the running nodes agree on a JetStream leader among them, and returns it.</summary>
    public async Task<NatsServerProcess> WaitForLeaderAsync(TimeSpan? timeout = null)
    {
        TimeSpan limit = timeout ?? TimeSpan.FromSeconds(30);
        NatsServerProcess? leader = null;
        bool agreed = await Poll.UntilAsync(
            async cancellationToken =>
            {
                List<NatsServerProcess> running = [.. Nodes.Where(node => node.IsRunning)];
                HashSet<string?> named = [];
                foreach (NatsServerProcess node in running)
                {
                    named.Add(await LeaderSeenByAsync(node, cancellationToken));
                }

                leader = named.Count == 1 ? running.Find(node => node.Name == named.Single()) : null;
                return leader is not null;
            },
            limit);
        return agreed
            ? leader!
            : throw new TimeoutException($"the cluster had no JetStream leader after {limit.TotalSeconds:0.#} s:\n{Nodes[0].Log}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (NatsServerProcess node in Nodes)
        {
            await node.DisposeAsync();
        }

        foreach (int port in _routePorts)
        {
            LoopbackPorts.Return(port);
        }
    }

    private static async Task<string?> LeaderSeenByAsync(NatsServerProcess node, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument page = JsonDocument.Parse(await node.MonitorAsync("/jsz", cancellationToken));
            return page.RootElement.TryGetProperty("meta_cluster", out JsonElement meta) && meta.TryGetProperty("leader", out JsonElement leader)
                ? leader.GetString()
                : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
