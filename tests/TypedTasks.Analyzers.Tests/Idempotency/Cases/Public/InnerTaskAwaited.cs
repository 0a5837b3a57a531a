// A task within a task, of which both are waited for; and one of several that is enough.
using System.Net.Http;

[TaskContract]
public interface IStartupWarmings
{
    [Task, Idempotent]
    Task WarmRightAsync(Uri address, CancellationToken cancellationToken = default);
}

public sealed class StartupWarmer(HttpClient http) : IStartupWarmings
{
    public async Task WarmRightAsync(Uri address, CancellationToken cancellationToken)
    {
        await Task.Factory.StartNew(async () => await http.GetAsync(address, cancellationToken), cancellationToken).Unwrap();
        await await Task.Factory.StartNew(async () => await http.GetAsync(address, cancellationToken), cancellationToken);
        Task first = await Task.WhenAny(http.GetAsync(address, cancellationToken), Task.Delay(1000, cancellationToken));
        await first;
        await Task.WhenAny(http.GetAsync(address, cancellationToken), Task.Delay(1000, cancellationToken));
    }
}
