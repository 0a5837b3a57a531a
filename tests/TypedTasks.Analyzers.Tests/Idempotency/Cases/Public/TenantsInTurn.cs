// The same for every tenant, with a helper that is given what to do.
using System.Net.Http;

public interface ITenantDirectory
{
    IAsyncEnumerable<string> AllAsync(CancellationToken cancellationToken);
}

[TaskContract]
public interface ITenantSync
{
    [Task, Idempotent]
    Task SyncAsync(CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task BillAsync(CancellationToken cancellationToken = default);
}

public sealed class TenantSyncWorker(ITenantDirectory tenants, HttpClient http) : ITenantSync
{
    public Task SyncAsync(CancellationToken cancellationToken) =>
        ForEachAsync(async (tenant, stop) => (await http.PutAsync($"/tenants/{tenant}/sync", null, stop)).EnsureSuccessStatusCode(), cancellationToken);

    public Task BillAsync(CancellationToken cancellationToken) =>
        ForEachAsync(async (tenant, stop) => (await {|TT410:http.PostAsync($"/tenants/{tenant}/bills", null, stop)|}).EnsureSuccessStatusCode(), cancellationToken);

    private async Task ForEachAsync(Func<string, CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        await foreach (string tenant in tenants.AllAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await action(tenant, cancellationToken);
        }
    }
}
