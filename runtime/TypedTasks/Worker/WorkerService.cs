using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedTasks.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Scheduling;
using TypedTasks.Shared;

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
    private WorkerHeartbeat? _heartbeat;
    private ScheduleRunner? _schedules;
    private readonly string _name = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
    private readonly CancellationTokenSource _stoppedOpening = new();
    private IReadOnlyList<(WorkerRegistration Registration, TaskDispatcher Dispatcher, WorkerRecycling? Recycling)>? _prepared;
    private WorkerEnvironment? _environment;
    private LaneGauges? _gauges;
    private Task _starting = Task.CompletedTask;
    private Task _opening = Task.CompletedTask;
    private Task? _stopping;

    /// <summary>The lanes that this host takes; none before its start and after its stop.</summary>
    internal ImmutableArray<LaneWorker> Lanes => [.. _lanes.Select(lane => lane.Lane)];

    /// <summary>Why the worker stopped by itself, or null.</summary>
    internal string? RecycledBecause { get; private set; }

    /// <summary>Opens every lane. Where that fails, or is broken off, none stays open, and it can be tried again; a stop meanwhile ends it.</summary>
    /// <exception cref="TaskConfigurationException">Something is registered wrongly; the message lists all of it.</exception>
    /// <exception cref="TaskEngineException">The engine does not answer, and the host is not to start without it.</exception>
    /// <exception cref="InvalidOperationException">The worker was stopped.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stoppedOpening.Token);
        var starting = new TaskCompletionSource();
        lock (_gate)
        {
            if (_stopping is not null)
            {
                throw new InvalidOperationException("This worker was stopped, and what is stopped does not start again: make a new host.");
            }

            _starting = starting.Task;
        }

        try
        {
            await StartLanesAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stoppedOpening.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Stopped before it had begun, as somebody wished.
        }
        finally
        {
            starting.SetResult();
        }
    }

    private async Task StartLanesAsync(CancellationToken cancellationToken)
    {
        await check.ThrowIfWrongAsync(services).ConfigureAwait(false);
        EngineHost host = services.GetRequiredService<EngineHost>();
        _time = host.Time;
        try
        {
            await OpenAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (TaskEngineException failure) when (services.GetService<MayStartWithoutBroker>() is not null)
        {
            WorkerLog.StartedWithoutBroker(logger, host.Engine.Name, failure.Message);
            _opening = OpenPatientlyAsync(host, _stoppedOpening.Token);
        }
        catch
        {
            // The host has not started, so nothing of it may run on.
            await DrainAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
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

    /// <summary>Starts the engine and opens the lanes; after a failure, those that are not open yet.</summary>
    private async Task OpenAsync(EngineHost host, CancellationToken cancellationToken)
    {
        _environment ??= new WorkerEnvironment(host.Engine, host.Time, scheduler, Random.Shared, logger) { LargeOutcomes = host.LargeOutcomes, Metrics = host.Metrics, Worker = _name };
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfUnkept(host.Engine);

        // The lanes outlive the span of the host's start, which is not the parent of anything that they do.
        Activity.Current = null;
        ProcessMemory memory = services.GetRequiredService<ProcessMemory>();
        _gauges ??= new LaneGauges(host.Metrics, memory);
        await _environment.Cancellations.StartAsync(cancellationToken).ConfigureAwait(false);
        _prepared ??= [.. registrations.Select(registration => (registration, registration.CreateDispatcher(services), Recycling(registration, memory)))];
        foreach ((WorkerRegistration registration, TaskDispatcher dispatcher, WorkerRecycling? recycling) in _prepared)
        {
            foreach ((Lane lane, QueueDescriptor queue) in registration.Lanes)
            {
                if (_lanes.Any(open => open.Registration == registration && open.Lane.Lane == lane))
                {
                    continue;
                }

                LaneSettings settings = registration.Options.Resolve(queue);
                var options = new LaneConsumerOptions { Lease = settings.Lease, Prefetch = settings.Prefetch, Worker = _name };
                ILaneConsumer consumer = await host.Engine.ConsumeAsync(lane, options, cancellationToken).ConfigureAwait(false);
                var worker = new LaneWorker(consumer, dispatcher, settings, _environment, recycling);
                _lanes = _lanes.Add((registration, worker));
                _environment.Cancellations.Add(worker);
                _gauges.Add(worker);
                worker.Start();
                WorkerLog.Started(logger, lane, settings.Concurrency, settings.Prefetch);
            }
        }

        if (!_lanes.IsEmpty)
        {
            _heartbeat = new WorkerHeartbeat(_name, Lanes, _environment, memory);
            _heartbeat.Start();
        }

        _schedules = new ScheduleRunner(check.Schedules, _environment);
        _schedules.Start();
    }

    /// <summary>Only an engine that is started says how long it keeps anything.</summary>
    private void ThrowIfUnkept(ITaskEngine engine)
    {
        if (engine.Limits.MaxTimeToLive is { } longest
            && registrations.SelectMany(registration => WorkerOptionsReading.FindUnkept(registration.Contract, engine.Name, longest)).ToArray() is { Length: > 0 } mistakes)
        {
            throw new TaskConfigurationException(string.Join(Environment.NewLine, mistakes));
        }
    }

    /// <summary>Goes on trying until the lanes are open, or the host stops. Whatever keeps them shut may be mended at the broker.</summary>
    private async Task OpenPatientlyAsync(EngineHost host, CancellationToken stopped)
    {
        for (int failures = 1; await EngineRetry.PauseAsync(failures, _environment!, stopped).ConfigureAwait(false); failures++)
        {
            try
            {
                await OpenAsync(host, stopped).ConfigureAwait(false);
                WorkerLog.BrokerFound(logger, host.Engine.Name);
                return;
            }
            catch (Exception failure) when (!stopped.IsCancellationRequested)
            {
                LogLevel level = Outage.LevelOf(failures);
                WorkerLog.StillWithoutBroker(logger, level, host.Engine.Name, failures, failure.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private WorkerRecycling? Recycling(WorkerRegistration registration, ProcessMemory memory)
    {
        WorkerRecycling? recycling = WorkerRecycling.Create(registration.Options, _environment!, memory, reason => _ = RecycleAsync(reason));
        if (recycling is not null)
        {
            _recyclings.Add(recycling);
        }

        return recycling;
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

    /// <summary>Stops the lanes that are open side by side, and says before and after what they hold.</summary>
    private async Task DrainAsync(CancellationToken hostGaveUp)
    {
        ImmutableArray<LaneWorker> lanes = Lanes;
        if (lanes.IsEmpty)
        {
            return;
        }

        WorkerLog.Draining(logger, _name, lanes.Sum(lane => lane.InFlight), lanes.Sum(lane => lane.Waiting));
        long settledBefore = lanes.Sum(lane => lane.Progress.Settled);
        long handedBackBefore = lanes.Sum(lane => lane.Progress.HandedBack);
        await Task.WhenAll(_lanes.Select(lane => LaneShutdown.StopAsync(lane.Lane, lane.Registration.Options, _time, logger, hostGaveUp))).ConfigureAwait(false);
        _lanes = [];
        _gauges?.Clear();
        long handedBack = lanes.Sum(lane => lane.Progress.HandedBack) - handedBackBefore;
        WorkerLog.Drained(logger, _name, lanes.Sum(lane => lane.Progress.Settled) - settledBefore - handedBack, handedBack, lanes.Sum(lane => lane.InFlight + lane.Waiting));
    }

    private async Task StopLanesAsync(CancellationToken hostGaveUp)
    {
        await _stoppedOpening.CancelAsync().ConfigureAwait(false);
        await _starting.ConfigureAwait(false);
        await _opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (WorkerRecycling recycling in _recyclings)
        {
            recycling.Dispose();
        }

        if (_schedules is not null)
        {
            await _schedules.DisposeAsync().ConfigureAwait(false);
        }

        await DrainAsync(hostGaveUp).ConfigureAwait(false);
        if (_heartbeat is not null)
        {
            await _heartbeat.DisposeAsync().ConfigureAwait(false);
        }

        if (_environment is not null)
        {
            await _environment.Cancellations.DisposeAsync().ConfigureAwait(false);
        }
    }
}
