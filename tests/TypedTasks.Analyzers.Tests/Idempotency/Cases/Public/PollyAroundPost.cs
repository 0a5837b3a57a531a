// A resilience pipeline around the call: what it runs, it may run again.
using System.Net.Http;
using System.Net.Http.Json;
using Polly;

[TaskContract]
public interface ILedgerExports
{
    [Task, Idempotent]
    Task ExportAsync(Guid entry, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ReplaceAsync(Guid entry, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class LedgerExportWorker(HttpClient http, ResiliencePipeline pipeline) : ILedgerExports
{
    public async Task ExportAsync(Guid entry, decimal amount, CancellationToken cancellationToken) =>
        await pipeline.ExecuteAsync(
            async stop =>
            {
                using HttpResponseMessage response = await {|TT410:http.PostAsJsonAsync("/entries", new { entry, amount }, stop)|};
                response.EnsureSuccessStatusCode();
            },
            cancellationToken);

    public async Task ReplaceAsync(Guid entry, decimal amount, CancellationToken cancellationToken) =>
        await pipeline.ExecuteAsync(
            async stop =>
            {
                using HttpResponseMessage response = await http.PutAsJsonAsync($"/entries/{entry}", new { amount }, stop);
                response.EnsureSuccessStatusCode();
            },
            cancellationToken);
}
