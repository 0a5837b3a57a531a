// What may fail without harm: the cache, the metrics, the cleaning up.
using System.IO;
using System.Net.Http;
using Microsoft.Extensions.Logging;

namespace Search;

[TaskContract]
public interface ISearch
{
    [Task, Idempotent] Task IndexAsync(Guid document, CancellationToken cancellationToken = default);
}

public sealed class SearchWorker(HttpClient http, ILogger<SearchWorker> logger) : ISearch
{
    public async Task IndexAsync(Guid document, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{document:N}.json");
        try
        {
            await File.WriteAllTextAsync(path, await http.GetStringAsync($"/documents/{document}", cancellationToken), cancellationToken);
            using StreamContent content = new(File.OpenRead(path));
            using var response = await http.PutAsync($"/index/{document}", content, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
        finally
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e)
            {
                logger.LogDebug(e, "{Path} is left", path);
            }
        }
    }
}
