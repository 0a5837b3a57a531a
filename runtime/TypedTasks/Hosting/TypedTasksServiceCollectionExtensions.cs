using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks;
using TypedTasks.Admin;
using TypedTasks.Canvases;
using TypedTasks.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Scheduling;
using TypedTasks.Worker;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds TypedTasks to a container.</summary>
public static class TypedTasksServiceCollectionExtensions
{
    /// <summary>Adds an engine, clients and workers. May be called more than once, for instance by each module of an application; there is one engine in all.</summary>
    /// <param name="services">The container's registrations.</param>
    /// <param name="configure">Registers them.</param>
    public static IServiceCollection AddTypedTasks(this IServiceCollection services, Action<TypedTasksBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IWorkScheduler>(ThreadPoolScheduler.Instance);
        services.TryAddSingleton(provider => new RegistrationCheck(
            provider.GetServices<EngineRegistration>(),
            provider.GetServices<WorkerRegistration>(),
            provider.GetServices<ScheduleRegistration>()));
        services.TryAddSingleton(CreateHost);
        services.TryAddSingleton<ProcessMemory>();

        // One for all checks: it remembers when it last saw each lane without work.
        services.TryAddSingleton<TypedTasksHealthCheck>();
        services.TryAddSingleton<ITaskAdmin>(provider => new TaskAdmin(provider.GetRequiredService<EngineHost>()));
        services.TryAddSingleton<ITaskCanvas>(provider => new TaskCanvas(provider.GetRequiredService<EngineHost>()));
        services.TryAddSingleton(CreateWorkers);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WorkerService>(provider => provider.GetRequiredService<WorkerService>()));
        configure(new TypedTasksBuilder(services));
        return services;
    }

    private static WorkerService CreateWorkers(IServiceProvider provider) => new(
        provider,
        provider.GetRequiredService<RegistrationCheck>(),
        provider.GetServices<WorkerRegistration>(),
        (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<WorkerService>(),
        provider.GetRequiredService<IWorkScheduler>());

    private static EngineHost CreateHost(IServiceProvider provider)
    {
        Lane[] lanes =
        [
            .. provider.GetServices<ClientRegistration>().SelectMany(client => client.Contract.Tasks)
                .Concat(provider.GetServices<WorkerRegistration>().SelectMany(worker => worker.Contract.Tasks))
                .Concat(provider.GetServices<ScheduleRegistration>().Select(schedule => schedule.Task))
                .Select(task => task.Lane)
                .Distinct(),
        ];
        EngineRegistration registered = provider.GetRequiredService<RegistrationCheck>().Engine;
        ITaskEngine engine = registered.Create(provider) ?? throw new TaskConfigurationException($"The engine '{registered.Name}' was not made: what UseEngine was given returned null.");
        var host = new EngineHost(engine, lanes, provider.GetRequiredService<TimeProvider>(), provider.GetService<ILargeOutcomeStore>())
        {
            Metrics = new TaskMetrics(provider.GetService<IMeterFactory>()),
            Scheduler = provider.GetRequiredService<IWorkScheduler>(),
        };
        host.Depths = new LaneDepths(host);
        return host;
    }
}
