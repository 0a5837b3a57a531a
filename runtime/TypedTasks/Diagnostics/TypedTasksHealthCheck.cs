using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedTasks.Engine;
using TypedTasks.Worker;

namespace TypedTasks;

/// <summary>When <see cref="TypedTasksHealthCheck"/> speaks up. Register a singleton of it to change anything.</summary>
public sealed record TypedTasksHealthCheckOptions
{
    /// <summary>How long a lane may have work and settle none of it before it is unhealthy. Default: 2 minutes.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the engine may take to answer. Default: 5 seconds.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From how many dead letters in the host's lanes on it is degraded; null for never. Default: null.</summary>
    public long? DegradedAtDeadLetters { get; init; }
}

/// <summary>
/// Says whether the host's lanes make progress: a worker that is alive, has work and takes none is the failure that no other probe sees.
/// <c>services.AddHealthChecks().AddCheck&lt;TypedTasksHealthCheck&gt;("typedtasks")</c>.
/// </summary>
/// <remarks>
/// Unhealthy when the engine does not answer, or when a lane that this host takes has ready tasks, is not paused, and has settled nothing for
/// <see cref="TypedTasksHealthCheckOptions.StalledAfter"/> although a slot is free. Degraded when all slots of such a lane are busy for that long: that may be long tasks,
/// and a restart would only begin them anew; when the worker is being recycled; and at a number of dead letters, if one is configured.
/// A lane that settled something within the last ten seconds is not asked about, unless dead letters are to be counted: its engine answers, and it makes progress.
/// </remarks>
public sealed class TypedTasksHealthCheck : IHealthCheck
{
    // Short enough that an engine which goes away is noticed by the next probes.
    private static readonly TimeSpan FlowsWithin = TimeSpan.FromSeconds(10);

    private readonly EngineHost _host;
    private readonly WorkerService _worker;
    private readonly TypedTasksHealthCheckOptions _options;

    // When each lane was last seen without work, or paused: it cannot have been stalled before.
    private readonly ConcurrentDictionary<Lane, DateTimeOffset> _freeAt = new();

    /// <summary>For the container, which must know <c>AddTypedTasks</c>.</summary>
    /// <param name="services">The container.</param>
    public TypedTasksHealthCheck(IServiceProvider services)
    {
        _host = services.GetRequiredService<EngineHost>();
        _worker = services.GetRequiredService<WorkerService>();
        _options = services.GetService<TypedTasksHealthCheckOptions>() ?? new TypedTasksHealthCheckOptions();
    }

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(_options.AnswerWithin, _host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await CheckAsync(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(HealthStatus.Unhealthy, $"The engine '{_host.Engine.Name}' did not answer within {_options.AnswerWithin}.", failure);
        }
        catch (TaskException failure)
        {
            return new HealthCheckResult(HealthStatus.Unhealthy, $"The engine '{_host.Engine.Name}' does not answer: {failure.Message}", failure);
        }
    }

    private async Task<HealthCheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        await _host.StartAsync(cancellationToken).ConfigureAwait(false);
        List<string> stalled = [];
        List<string> doubts = [];
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        if (_worker.RecycledBecause is { } reason)
        {
            doubts.Add($"The worker takes no more tasks: {reason}.");
        }

        long deadLetters = 0;
        var workers = _worker.Lanes.ToDictionary(lane => lane.Lane);
        foreach (Lane lane in _host.Lanes)
        {
            if (workers.TryGetValue(lane, out LaneWorker? worker) && Flows(worker))
            {
                data[lane.ToString()] = string.Create(CultureInfo.InvariantCulture, $"flowing, {worker.InFlight} in flight here, {worker.Progress.Settled} settled since the start");
                continue;
            }

            LaneStatistics lot = await _host.Engine.Administration.GetStatisticsAsync(lane, cancellationToken).ConfigureAwait(false);
            deadLetters += lot.DeadLetters;
            data[lane.ToString()] = string.Create(CultureInfo.InvariantCulture, $"{lot.Ready} ready, {lot.Delayed} delayed, {lot.InFlight} in flight, {lot.DeadLetters} dead letters{(lot.IsPaused ? ", paused" : string.Empty)}");
            if (worker is not null && StalledFor(worker, in lot) is { } time && time >= _options.StalledAfter)
            {
                bool isBusy = worker.InFlight >= worker.Settings.Concurrency;
                (isBusy ? doubts : stalled).Add($"The lane {lane} has {lot.Ready + worker.Waiting} ready tasks and settled nothing for {time:c}, with {worker.InFlight} of {worker.Settings.Concurrency} slots busy.");
            }
        }

        if (deadLetters >= _options.DegradedAtDeadLetters)
        {
            doubts.Add($"There are {deadLetters} dead letters.");
        }

        return stalled.Count > 0 ? new HealthCheckResult(HealthStatus.Unhealthy, string.Join(' ', stalled.Concat(doubts)), data: data)
            : doubts.Count > 0 ? new HealthCheckResult(HealthStatus.Degraded, string.Join(' ', doubts), data: data)
            : new HealthCheckResult(HealthStatus.Healthy, data: data);
    }

    /// <summary>Whether nothing needs to be asked: what a lane settles was answered by its engine. A question is dear where many tasks wait (NATS 2.9).</summary>
    private bool Flows(LaneWorker worker) =>
        _options.DegradedAtDeadLetters is null && worker.Progress.Settled > 0 && worker.Progress.SinceLast < (FlowsWithin < _options.StalledAfter ? FlowsWithin : _options.StalledAfter);

    /// <summary>How long the lane has certainly had work and settled none; null while it has none, or is paused.</summary>
    private TimeSpan? StalledFor(LaneWorker worker, in LaneStatistics lot)
    {
        DateTimeOffset now = _host.Time.GetUtcNow();
        if ((lot.Ready == 0 && worker.Waiting == 0) || lot.IsPaused)
        {
            _freeAt[worker.Lane] = now;
            return null;
        }

        // Where the engine does not know the age of its oldest task, what counts is when we first saw one.
        DateTimeOffset freeAt = _freeAt.GetOrAdd(worker.Lane, lot.OldestReadyAt ?? now);
        DateTimeOffset readyAt = lot.OldestReadyAt is { } oldest && oldest > freeAt ? oldest : freeAt;
        TimeSpan ready = now - readyAt;
        TimeSpan idle = worker.Progress.SinceLast;
        return ready < idle ? ready : idle;
    }
}
