using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TypedTasks.Chaos;

/// <summary>A host on the engine of the run, with the engine's own settings but for what the experiment is about.</summary>
internal static class EngineChoice
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// A host that has started. It does not start where the broker cannot be reached, by design; whoever runs it starts it again, and so does this, for as long as the run is patient.
    /// </summary>
    /// <exception cref="TaskEngineException">The broker did not come.</exception>
    public static async Task<IHost> StartHostAsync(ChaosOptions options, string role, Action<TypedTasksBuilder> configure)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(Pause))
        {
            IHost host = BuildHost(options, role, configure);
            try
            {
                await host.StartAsync();
                return host;
            }
            catch (TaskEngineException) when (watch.Elapsed < options.Patience)
            {
                host.Dispose();
            }
        }
    }

    public static IHost BuildHost(ChaosOptions options, string role, Action<TypedTasksBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(60));
        if (options.Folder is { } folder)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddProvider(new FileLog(Path.Combine(folder, $"{role}-{Environment.ProcessId}.log")));
        }

        builder.Services.AddTypedTasks(tasks =>
        {
            tasks.Use(options);
            configure(tasks);
        });
        return builder.Build();
    }

    private static TypedTasksBuilder Use(this TypedTasksBuilder tasks, ChaosOptions options) => options.Engine == "nats"
        ? tasks.UseNats(options.Address, nats =>
        {
            if (options.Experiment.Capacity > 0)
            {
                nats.MaxTasksPerQueue = options.Experiment.Capacity;
            }
        })
        : tasks.UseRedis(options.Address, redis =>
        {
            if (options.Experiment.Capacity > 0)
            {
                redis.MaxTasksPerLane = options.Experiment.Capacity;
            }
        });
}
