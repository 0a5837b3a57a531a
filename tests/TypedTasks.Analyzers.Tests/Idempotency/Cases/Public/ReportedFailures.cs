// A failure is written down on the row, and the task is over: the row says what to do next.
using System.Net.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class ConnectorRun
{
    public Guid Id { get; set; }
    public string? Error { get; set; }
    public bool IsDone { get; set; }
}

public sealed class ConnectorContext : DbContext
{
    public DbSet<ConnectorRun> Runs => Set<ConnectorRun>();
}

[TaskContract]
public interface IConnectors
{
    [Task, Idempotent]
    Task RunAsync(Guid run, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task RunQuietlyAsync(Guid run, CancellationToken cancellationToken = default);
}

public sealed class ConnectorWorker(ConnectorContext context, HttpClient http, ILogger<ConnectorWorker> log) : IConnectors
{
    public async Task RunAsync(Guid run, CancellationToken cancellationToken)
    {
        ConnectorRun found = await context.Runs.SingleAsync(one => one.Id == run, cancellationToken);
        try
        {
            await http.PutAsync($"/runs/{run}", null, cancellationToken);
            found.IsDone = true;
        }
        catch (Exception e)
        {
            log.LogError(e, "{Run} has failed", run);
            found.Error = e.Message;
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task RunQuietlyAsync(Guid run, CancellationToken cancellationToken)
    {
        try
        {
            await http.PutAsync($"/runs/{run}", null, cancellationToken);
        }
        catch {|TT506:(Exception e)|}
        {
            log.LogWarning(e, "{Run} has failed", run);
        }
    }
}
