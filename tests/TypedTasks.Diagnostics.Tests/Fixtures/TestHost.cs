using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Embedded;
using TypedTasks.Engine;

namespace TypedTasks.Diagnostics.Tests;

/// <summary>A host with the embedded engine, a client and a worker of <see cref="IJobs"/>.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    /// <summary>How long any wait may take: long, for a machine that does much else.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IHost _host;

    private TestHost(IHost host, Jobs jobs)
    {
        _host = host;
        Jobs = jobs;
    }

    internal Jobs Jobs { get; }

    internal IServiceProvider Services => _host.Services;

    internal ITaskClient<IJobs> Client => Services.GetRequiredService<ITaskClient<IJobs>>();

    internal ITaskCanvas Canvas => Services.GetRequiredService<ITaskCanvas>();

    internal ITaskAdmin Admin => Services.GetRequiredService<ITaskAdmin>();

    internal EngineHost EngineHost => Services.GetRequiredService<EngineHost>();

    internal ITaskEngine Engine => EngineHost.Engine;

    internal static async Task<TestHost> StartAsync(
        Action<WorkerOptions>? worker = null,
        TimeProvider? time = null,
        Action<IServiceCollection>? services = null,
        bool work = true,
        Action<FaultyEngine>? faulty = null)
    {
        var jobs = new Jobs();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(jobs);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        services?.Invoke(builder.Services);
        builder.Services.AddTypedTasks(tasks =>
        {
            _ = faulty is null ? tasks.UseEmbedded() : tasks.UseEngine("faulty", provider =>
            {
                var engine = new FaultyEngine(new EmbeddedEngine(new EmbeddedEngineOptions(), provider.GetRequiredService<TimeProvider>()));
                faulty(engine);
                return engine;
            });
            tasks.AddClient<IJobs>();
            if (work)
            {
                tasks.AddWorker<IJobs, Jobs>(worker);
            }
        });
        var host = new TestHost(builder.Build(), jobs);
        await host._host.StartAsync().WaitAsync(Patience);
        return host;
    }

    internal Task StopAsync() => _host.StopAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
