using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TypedTasks.Calls;
using TypedTasks.Client;
using TypedTasks.Embedded;
using TypedTasks.Engine;
using TypedTasks.Scheduling;
using TypedTasks.Worker;

namespace TypedTasks;

/// <summary>Registers the engine, clients and workers of a host. Given by <c>services.AddTypedTasks(tasks => …)</c>.</summary>
public sealed class TypedTasksBuilder
{
    internal TypedTasksBuilder(IServiceCollection services) => Services = services;

    /// <summary>The container's registrations.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Uses the embedded engine: in this process's memory, with no server. For development, tests, and work that may be lost with the process.</summary>
    /// <param name="options">Its bounds; the defaults when null.</param>
    public TypedTasksBuilder UseEmbedded(EmbeddedEngineOptions? options = null) => UseEngine("embedded", services =>
    {
        EmbeddedEngineOptions bounds = options ?? new EmbeddedEngineOptions();
        IWorkScheduler scheduler = services.GetRequiredService<IWorkScheduler>();
        return new EmbeddedEngine(scheduler is ThreadPoolScheduler ? bounds : bounds with { Resume = scheduler.Queue }, services.GetRequiredService<TimeProvider>());
    });

    /// <summary>Uses an engine. For the packages that bring one; they offer a method with a better name.</summary>
    /// <param name="name">The engine's name, for messages.</param>
    /// <param name="create">Makes the engine; called once.</param>
    public TypedTasksBuilder UseEngine(string name, Func<IServiceProvider, ITaskEngine> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        Services.AddSingleton(new EngineRegistration(name, create));
        return this;
    }

    /// <summary>
    /// Lets the host start while its broker cannot be reached: for a web application that should come up and serve what needs no tasks. Without it such a host does not start.
    /// </summary>
    /// <remarks>
    /// The broker is tried once at the start, and then in the background until it answers, with pauses of at most five seconds; workers begin then. Meanwhile enqueueing throws
    /// <see cref="TaskRejectedException"/> with <see cref="TaskRejection.Refused"/>, everything else that asks the engine <see cref="TaskEngineException"/>, and <see cref="TypedTasksHealthCheck"/> says unhealthy.
    /// What is registered wrongly, and a broker that answers and refuses (a password, a version, a stream that differs), keep the host from starting all the same.
    /// </remarks>
    public TypedTasksBuilder StartWithoutBroker()
    {
        Services.TryAddSingleton<MayStartWithoutBroker>();
        return this;
    }

    /// <summary>
    /// Keeps outcomes that are too large for the engine in <paramref name="store"/>, such as a <see cref="FileOutcomeStore"/>. Without one, a task
    /// whose result is too large becomes a dead letter. Register the same store for workers and for the clients that wait for such results.
    /// </summary>
    public TypedTasksBuilder UseLargeOutcomes(ILargeOutcomeStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        Services.AddSingleton(store);
        return this;
    }

    /// <summary>Registers <see cref="ITaskClient{TContract}"/>, and <typeparamref name="TContract"/>'s generated code with it.</summary>
    /// <exception cref="TaskConfigurationException">There is no generated code for <typeparamref name="TContract"/>.</exception>
    public TypedTasksBuilder AddClient<TContract>()
        where TContract : class
    {
        Services.AddSingleton(new ClientRegistration(ContractRegistry.Get<TContract>()));
        Services.TryAddSingleton<ITaskClient<TContract>, TaskClient<TContract>>();
        return this;
    }

    /// <summary>Registers a worker: <typeparamref name="THandler"/> runs the tasks of <typeparamref name="TContract"/> in this host.</summary>
    /// <param name="configure">Concurrency, prefetch, lease, lifetime.</param>
    /// <exception cref="TaskConfigurationException">There is no generated code for <typeparamref name="TContract"/>.</exception>
    public TypedTasksBuilder AddWorker<TContract, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(Action<WorkerOptions>? configure = null)
        where TContract : class
        where THandler : class, TContract
    {
        ContractDescriptor<TContract> contract = ContractRegistry.Get<TContract>();
        var options = new WorkerOptions();
        configure?.Invoke(options);
        Services.TryAdd(new ServiceDescriptor(typeof(THandler), typeof(THandler), options.Lifetime));
        bool isSingleton = Services.Last(service => service.ServiceType == typeof(THandler)).Lifetime == ServiceLifetime.Singleton;
        Services.AddSingleton(new WorkerRegistration(contract, options, typeof(THandler), services => isSingleton
            ? new SingletonDispatcher<TContract>(contract, services.GetRequiredService<THandler>())
            : new ScopedDispatcher<TContract>(contract, services.GetRequiredService<IServiceScopeFactory>(), scope => scope.GetRequiredService<THandler>()))
        {
            IsScoped = !isSingleton,
        });
        return this;
    }

    /// <summary>Enqueues a call at the times of a schedule: each occurrence once, by whichever host comes first of those that register it.</summary>
    /// <remarks>
    /// Any host does it, with a worker for the task or without. The schedules that a contract's tasks have by <see cref="ScheduleAttribute">[Schedule]</see> need no registration: hosts with a worker for the contract enqueue
    /// by them. Give a schedule whose rule or arguments have changed its old name, and it goes on from where it is.
    /// </remarks>
    /// <param name="name">The schedule's name, for all hosts, logs and <see cref="ITaskAdmin"/>: at most 200 bytes, no control characters.</param>
    /// <param name="call">What is enqueued, such as <c>InvoicesTasks.CloseDay(region)</c>.</param>
    /// <param name="schedule">When, such as <c>TaskSchedule.Cron("0 5 * * *", "Europe/Lisbon")</c>.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, or holds control characters.</exception>
    public TypedTasksBuilder AddSchedule<TContract, TResult, TArguments>(string name, TaskCall<TContract, TResult, TArguments> call, TaskSchedule schedule)
        where TContract : class
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        Services.AddSingleton(ScheduleRegistration.Of<TResult, TArguments>(name, call.Arguments, schedule));
        return this;
    }
}
