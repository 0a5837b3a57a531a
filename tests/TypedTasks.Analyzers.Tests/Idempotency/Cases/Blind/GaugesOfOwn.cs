// Gauges and telemetry of the team's own: nobody's money depends on them.
public interface IJobMetrics
{
    Task IncrementAsync(string name, int by, CancellationToken cancellationToken);
}

public interface ITelemetryClient
{
    Task IncreaseCountAsync(string name);
}

[TaskContract]
public interface IGaugedImports
{
    [Task, Idempotent]
    Task ImportAsync(string file, CancellationToken cancellationToken = default);
}

public sealed class GaugedImportWorker(IJobMetrics metrics, ITelemetryClient telemetry) : IGaugedImports
{
    public async Task ImportAsync(string file, CancellationToken cancellationToken)
    {
        await metrics.IncrementAsync($"imports.{file}", 1, cancellationToken);
        await telemetry.IncreaseCountAsync("imports");
    }
}
