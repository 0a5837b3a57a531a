// Work that holds its thread, and work that nobody waits for.
using System.Net.Http;

public interface IAuditTrailClient
{
    Task ReportAsync(string what, CancellationToken cancellationToken);
}

[TaskContract]
public interface ILegacySync
{
    [Task, Idempotent]
    Task SyncAsync(string system, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SleepAsync(string system, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ForgetAsync(string system, CancellationToken cancellationToken = default);
}

public sealed class LegacySyncWorker(HttpClient http, IAuditTrailClient audit) : ILegacySync
{
    public Task SyncAsync(string system, CancellationToken cancellationToken)
    {
        string state = {|TT504:http.GetStringAsync($"systems/{system}", cancellationToken).Result|};
        return http.PutAsync($"states/{system}", new StringContent(state), cancellationToken);
    }

    public async Task SleepAsync(string system, CancellationToken cancellationToken)
    {
        {|TT505:Thread.Sleep(TimeSpan.FromSeconds(30))|};
        await http.DeleteAsync($"systems/{system}/lock", cancellationToken);
    }

    public async Task ForgetAsync(string system, CancellationToken cancellationToken)
    {
        _ = {|TT502:audit.ReportAsync(system, cancellationToken)|};
        await http.DeleteAsync($"systems/{system}", cancellationToken);
    }
}
