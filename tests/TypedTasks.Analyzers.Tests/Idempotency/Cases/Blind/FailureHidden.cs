// A failure that is logged and forgotten, one that is told, and one that is part of the answer.
using System.Net.Http;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface ICatalogueSync
{
    [Task, Idempotent]
    Task SyncAsync(string catalogue, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SyncLoudlyAsync(string catalogue, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    ValueTask<bool> IsReachableAsync(string catalogue, CancellationToken cancellationToken = default);
}

public sealed class CatalogueSyncWorker(HttpClient http, ILogger<CatalogueSyncWorker> logger) : ICatalogueSync
{
    public async Task SyncAsync(string catalogue, CancellationToken cancellationToken)
    {
        try
        {
            await http.PutAsync($"catalogues/{catalogue}/sync", null, cancellationToken);
        }
        catch {|TT506:(Exception ex)|}
        {
            logger.LogError(ex, "Error while synchronising {Catalogue}", catalogue);
        }
    }

    public async Task SyncLoudlyAsync(string catalogue, CancellationToken cancellationToken)
    {
        try
        {
            await http.PutAsync($"catalogues/{catalogue}/sync", null, cancellationToken);
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            logger.LogError(ex, "Error while synchronising {Catalogue}", catalogue);
            throw;
        }
    }

    public async ValueTask<bool> IsReachableAsync(string catalogue, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync($"catalogues/{catalogue}", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
