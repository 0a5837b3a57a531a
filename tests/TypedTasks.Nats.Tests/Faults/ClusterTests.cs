using System.Collections.Concurrent;
using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>Three servers with three replicas: one may leave in good order, and one may be killed, and nothing that was accepted is lost.</summary>
public sealed class ClusterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_member_that_is_killed_or_leaves_in_good_order_loses_nothing(bool kill)
    {
        await using NatsServerCluster cluster = await NatsServerCluster.StartAsync();
        await using NatsEngine engine = NewEngine(cluster.Nodes[0].Port, options =>
        {
            options.Replicas = 3;
            options.PublishTimeout = TimeSpan.FromSeconds(30);
            options.DuplicateWindow = TimeSpan.FromSeconds(60);
            foreach (NatsServerProcess node in cluster.Nodes.Skip(1))
            {
                options.Servers.Add(node.Url);
            }
        });
        await engine.StartAsync([TestLane], CancellationToken.None);
        var accepted = new ConcurrentDictionary<TaskId, bool>();
        var runs = new ConcurrentDictionary<TaskId, int>();
        using var limit = new CancellationTokenSource(Patience);
        bool isPublished = false;
        Task working = WorkAsync(engine, runs, () => Volatile.Read(ref isPublished) && accepted.Keys.All(runs.ContainsKey), TimeSpan.FromMinutes(5), limit.Token);
        Task publishing = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ProduceAsync(100))));
        Assert.True(await UntilAsync(() => accepted.Count > 100, Patience), "Nothing was accepted.");

        // The one that the engine talks to.
        NatsServerProcess leaving = cluster.Nodes.Single(node => node.Name == engine.WorkConnection.Info.ServerName);
        if (kill)
        {
            await leaving.KillAsync();
        }
        else
        {
            leaving.EnterLameDuckMode();
        }

        Assert.True(await UntilAsync(() => engine.WorkConnection.IsConnected && engine.WorkConnection.Info.ServerName != leaving.Name, Patience), "The engine did not move.");
        await publishing.WaitAsync(limit.Token);
        Volatile.Write(ref isPublished, true);
        await ProduceAsync(1);
        await working;

        Assert.Empty(accepted.Keys.Except(runs.Keys));

        async Task ProduceAsync(int count)
        {
            for (int i = 0; i < count; i++)
            {
                TaskId id = TaskId.New();
                try
                {
                    await PublishAsync(engine, id);
                    accepted[id] = true;
                }
                catch (TaskException error) when (error is TaskUnconfirmedException or TaskRejectedException && !limit.IsCancellationRequested)
                {
                    // Not accepted, as far as anyone knows.
                }
            }
        }
    }
}
