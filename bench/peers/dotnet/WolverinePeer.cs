using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine;
using Wolverine.RabbitMQ;

namespace TypedTasks.Peers;

/// <summary>
/// Wolverine, in memory or on RabbitMQ. wolverinefx.net, "Endpoint Operations": buffered endpoints, the fastest of its modes, for they neither store nor hold what they take; several messages
/// at once; and no log line a message ("Logging").
/// </summary>
internal sealed class WolverinePeer(int? rabbit) : Peer
{
    private const string Queue = "wolverine";
    private readonly List<IHost> _hosts = [];

    public override bool KeepsWaiting => rabbit is not null;

    public override async Task StartProducerAsync()
    {
        if (rabbit is not null)
        {
            await StartAsync(static options => options.PublishMessage<Numbers>().ToRabbitQueue(Queue).SendInline());
        }
    }

    public override async Task StartWorkerAsync() => await StartAsync(options =>
    {
        options.Discovery.IncludeType<WolverineHandler>();
        if (rabbit is null)
        {
            options.PublishMessage<Numbers>().ToLocalQueue(Queue).BufferedInMemory().MaximumParallelMessages(64);
        }
        else
        {
            options.ListenToRabbitQueue(Queue).PreFetchCount(1_000).BufferedInMemory().MaximumParallelMessages(64);
        }
    });

    public override Task EnqueueAsync(Numbers task) => _hosts[0].MessageBus().SendAsync(task).AsTask();

    public override async ValueTask DisposeAsync()
    {
        foreach (IHost host in _hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private async Task StartAsync(Action<WolverineOptions> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseWolverine(options =>
        {
            options.Discovery.DisableConventionalDiscovery();
            options.Policies.MessageExecutionLogLevel(LogLevel.None);
            options.Policies.MessageSuccessLogLevel(LogLevel.None);
            if (rabbit is { } port)
            {
                options.UseRabbitMq(factory => (factory.HostName, factory.Port) = ("127.0.0.1", port)).AutoProvision();
            }

            configure(options);
        });
        IHost host = builder.Build();
        await host.StartAsync();
        _hosts.Add(host);
    }
}

/// <summary>Wolverine's handler.</summary>
public sealed class WolverineHandler
{
    public static void Handle(Numbers task) => Ledger.Ran(task);
}
