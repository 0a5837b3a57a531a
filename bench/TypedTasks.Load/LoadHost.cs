using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Load.Engines;

namespace TypedTasks.Load;

/// <summary>What runs the tasks of a run.</summary>
internal interface ILoadWorker : IDisposable
{
    /// <summary>The processor time that it has used outside of this process.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>Lets it finish what it has begun.</summary>
    Task EndAsync();
}

/// <summary>A host of the bench.</summary>
internal static class LoadHost
{
    public static IHost Build(LoadEngine engine, LoadOptions options, Ledger ledger, Action<TypedTasksBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(ledger);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddTypedTasks(tasks =>
        {
            engine.Use(tasks, options);
            configure(tasks);
        });
        return builder.Build();
    }

    /// <summary>A worker in this process.</summary>
    public static async Task<ILoadWorker> StartWorkerAsync(LoadEngine engine, LoadOptions options, Ledger ledger)
    {
        IHost host = Build(engine, options, ledger, tasks => LoadTarget.AddWorker(tasks, options));
        await host.StartAsync();
        return new HostWorker(engine, host);
    }

    /// <summary>A signal ends the program, not only its hosts: by default a host takes it for itself, and a run without its worker would go on for ever.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class HostWorker(LoadEngine engine, IHost host) : ILoadWorker
    {
        public TimeSpan ProcessorTime => TimeSpan.Zero;

        public Task EndAsync() => engine.EndAsync(host).AsTask();

        // The engine has disposed of the host.
        public void Dispose()
        {
        }
    }
}
