// A base class for all jobs, which logs what goes wrong and says nothing further: no job of it ever fails.
using System.Net.Http;
using Microsoft.Extensions.Logging;

public abstract class JobBase(ILogger log)
{
    protected async Task ExecuteAsync(string name, CancellationToken cancellationToken)
    {
        log.LogInformation("{Job} begins", name);
        try
        {
            await RunAsync(cancellationToken);
            log.LogInformation("{Job} has ended", name);
        }
        catch (Exception e)
        {
            log.LogError(e, "{Job} has failed", name);
        }
    }

    protected abstract Task RunAsync(CancellationToken cancellationToken);
}

[TaskContract]
public interface IGrantCleanup
{
    [Task, Idempotent]
    Task CleanAsync(CancellationToken cancellationToken = default);
}

public sealed class GrantCleanupWorker(HttpClient http, ILogger<GrantCleanupWorker> log) : JobBase(log), IGrantCleanup
{
    public Task CleanAsync(CancellationToken cancellationToken) => {|TT506:ExecuteAsync(nameof(GrantCleanupWorker), cancellationToken)|};

    protected override async Task RunAsync(CancellationToken cancellationToken) => await http.DeleteAsync("/grants/expired", cancellationToken);
}
