using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedTasks.Diagnostics;
using TypedTasks.Engine;

namespace TypedTasks.Worker;

/// <summary>The hosted service that runs every registered worker: starts the engine, opens the lanes, and drains them when the host stops.</summary>
internal sealed class WorkerService(
    IServiceProvider services,
    RegistrationCheck check,
    IEnumerable<WorkerRegistration> registrations,
    ILogger<WorkerService> logger,
    IWorkScheduler scheduler) : IHostedService
{
    private readonly Lock _gate = new();
    private readonly List<WorkerRecycling> _recyclings = [];
    private ImmutableArray<(WorkerRegistration Registration, LaneWorker Lane)> _lanes = [];
    private TimeProvider _time = TimeProvider.System;
    private CancellationBook? _cancellations;
    private WorkerHeartbeat? _heartbeat;
    private readonly string _name = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
    private Task? _stopping;

    /// <summary>The lanes that this host takes; none before its start and after its stop.</summary>
    internal ImmutableArray<LaneWorker> Lanes => [.. _lanes.Select(lane => lane.Lane)];

    /// <summary>Why the worker stopped by itself, or null.</summary>
    internal string? RecycledBecause { get; private set; }

    /// <exception cref="TaskConfigurationException">Something is registered wrongly; the message lists all of it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await check.ThrowIfWrongAsync(services).ConfigureAwait(false);
        EngineHost host = services.GetRequiredService<EngineHost>();
        _time = host.Time;
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        var environment = new WorkerEnvironment(host.Engine, host.Time, scheduler, Random.Shared, logger) { LargeOutcomes = host.LargeOutcomes, Metrics = host.Metrics, Worker = _name };
        ProcessMemory memory = services.GetRequiredService<ProcessMemory>();
        var gauges = new LaneGauges(host.Metrics, memory);

        // The lanes outlive the span of the host's start, which is not the parent of anything that they do.
        Activity.Current = null;
        _cancellations = environment.Cancellations;
        await _cancellations.StartAsync(cancellationToken).ConfigureAwait(false);
        foreach (WorkerRegistration registration in registrations)
        {
            TaskDispatcher dispatcher = registration.CreateDispatcher(services);
            WorkerRecycling? recycling = WorkerRecycling.Create(registration.Options, environment, memory, reason => _ = RecycleAsync(reason));
            if (recycling is not null)
            {
                _recyclings.Add(recycling);
            }

            foreach ((Lane lane, QueueDescriptor queue) in registration.Lanes)
            {
                LaneSettings settings = registration.Options.Resolve(queue);
                var options = new LaneConsumerOptions { Lease = settings.Lease, Prefetch = settings.Prefetch, Worker = _name };
                ILaneConsumer consumer = await host.Engine.ConsumeAsync(lane, options, cancellationToken).ConfigureAwait(false);
                var worker = new LaneWorker(consumer, dispatcher, settings, environment, recycling);
                _lanes = _lanes.Add((registration, worker));
                _cancellations.Add(worker);
                gauges.Add(worker);
                worker.Start();
                WorkerLog.Started(logger, lane, settings.Concurrency, settings.Prefetch);
            }
        }

        if (!_lanes.IsEmpty)
        {
            _heartbeat = new WorkerHeartbeat(_name, Lanes, environment, memory);
            _heartbeat.Start();
        }
    }

    /// <summary>Drains every lane. Stopping twice waits for the same end; stopping before the start is harmless.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _stopping ??= StopLanesAsync(cancellationToken);
        }
    }

    /// <summary>Stops by itself: takes no more tasks, drains, and asks the host to stop.</summary>
    private async Task RecycleAsync(string reason)
    {
        RecycledBecause = reason;
        WorkerLog.Recycling(logger, _name, reason);
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        if (services.GetService<IHostApplicationLifetime>() is { } host)
        {
            host.StopApplication();
        }
        else
        {
            WorkerLog.RecycledWithoutHost(logger, _name);
        }
    }

    /// <summary>Stops the lanes side by side, and says before and after what they hold.</summary>
    private async Task DrainAsync(CancellationToken hostGaveUp)
    {
        ImmutableArray<LaneWorker> lanes = Lanes;
        WorkerLog.Draining(logger, _name, lanes.Sum(lane => lane.InFlight), lanes.Sum(lane => lane.Waiting));
        long settledBefore = lanes.Sum(lane => lane.Progress.Settled);
        long handedBackBefore = lanes.Sum(lane => lane.Progress.HandedBack);
        await Task.WhenAll(_lanes.Select(lane => LaneShutdown.StopAsync(lane.Lane, lane.Registration.Options, _time, logger, hostGaveUp))).ConfigureAwait(false);
        _lanes = [];
        long handedBack = lanes.Sum(lane => lane.Progress.HandedBack) - handedBackBefore;
        WorkerLog.Drained(logger, _name, lanes.Sum(lane => lane.Progress.Settled) - settledBefore - handedBack, handedBack, lanes.Sum(lane => lane.InFlight + lane.Waiting));
    }

    private async Task StopLanesAsync(CancellationToken hostGaveUp)
    {
        foreach (WorkerRecycling recycling in _recyclings)
        {
            recycling.Dispose();
        }

        if (!_lanes.IsEmpty)
        {
            await DrainAsync(hostGaveUp).ConfigureAwait(false);
        }

        if (_heartbeat is not null)
        {
            await _heartbeat.DisposeAsync().ConfigureAwait(false);
        }

        if (_cancellations is not null)
        {
            await _cancellations.DisposeAsync().ConfigureAwait(false);
        }
    }
}
