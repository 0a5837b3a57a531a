// The failure goes to a log, to the console, to nothing at all.
using System.Net.Http;
using Microsoft.Extensions.Logging;

namespace Search;

[TaskContract]
public interface ISearch
{
    [Task, Idempotent] Task IndexAsync(Guid document, CancellationToken cancellationToken = default);

    [Task, Idempotent] ValueTask DropAsync(Guid document);

    [Task, Idempotent] Task MoveAsync(Guid document);
}

public sealed partial class SearchWorker(HttpClient http, ILogger<SearchWorker> logger) : ISearch
{
    public async Task IndexAsync(Guid document, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.PutAsync($"/index/{document}", null, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch {|TT506:(Exception exception)|}
        {
            logger.LogWarning(exception, "Document {Document} was not indexed", document);
            return;
        }
    }

    public async ValueTask DropAsync(Guid document)
    {
        try
        {
            await http.DeleteAsync($"/index/{document}");
        }
        {|TT506:catch|}
        {
        }
    }

    public async Task MoveAsync(Guid document)
    {
        try
        {
            await http.DeleteAsync($"/old/{document}");
            await http.PutAsync($"/new/{document}", null);
        }
        catch {|TT506:(Exception e)|}
        {
            Report(e, document);
        }
        finally
        {
            logger.LogDebug("Moved");
        }
    }

    private void Report(Exception exception, Guid document) => logger.LogError(exception, "Document {Document} was not moved", document);
}
