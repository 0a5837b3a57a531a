// A clock and a maker of ids behind interfaces of the team's own.
using System.IO;

public interface IClock
{
    DateTimeOffset UtcNow { get; }
}

public interface IGuidGenerator
{
    Guid Create();
}

[TaskContract]
public interface IClockedFiles
{
    [Task, Idempotent]
    Task ExportAsync(string[] rows, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task StoreAsync(string[] rows, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task StampAsync(Guid export, CancellationToken cancellationToken = default);
}

public sealed class ClockedFileWorker(IClock clock, IGuidGenerator ids) : IClockedFiles
{
    public Task ExportAsync(string[] rows, CancellationToken cancellationToken) =>
        {|TT418:File.WriteAllLinesAsync($"exports/{clock.UtcNow:yyyyMMddHHmmssfff}.csv", rows, cancellationToken)|};

    public Task StoreAsync(string[] rows, CancellationToken cancellationToken) =>
        {|TT418:File.WriteAllLinesAsync(Path.Combine("exports", $"{ids.Create():N}.csv"), rows, cancellationToken)|};

    public Task StampAsync(Guid export, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync($"exports/{export:N}.done", clock.UtcNow.ToString("O"), cancellationToken);
}
