using TypedTasks.Worker;

namespace TypedTasks.Scheduling;

/// <summary>The schedules of a host, each driven by itself.</summary>
internal sealed class ScheduleRunner(IEnumerable<ScheduleRegistration> registrations, WorkerEnvironment environment) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private Task[] _running = [];

    internal void Start() => _running = [.. registrations.Select(registration => new ScheduleDriver(registration, environment).RunAsync(_stopped.Token))];

    /// <summary>Stops; what is on its way to the engine arrives, or is left to another host.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running).ConfigureAwait(false);
        _stopped.Dispose();
    }
}
