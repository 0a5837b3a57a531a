// A task within a task: what is awaited is only that it was started.
using System.Net.Http;

[TaskContract]
public interface IStartups
{
    [Task, Idempotent]
    Task WarmAsync(Uri address, CancellationToken cancellationToken = default);
}

public sealed class StartupWorker(HttpClient http) : IStartups
{
    public async Task WarmAsync(Uri address, CancellationToken cancellationToken)
    {
        await {|TT502:Task.Factory.StartNew(async () => await http.GetAsync(address, cancellationToken), cancellationToken)|};
    }
}
