// Everything is wrapped into an exception of the domain's, the stop of the worker too; and where it is not.
using System.Net.Http;

namespace Search;

public sealed class SearchFailedException(string message, Exception inner) : Exception(message, inner);

[TaskContract]
public interface ISearch
{
    [Task, Idempotent] Task IndexAsync(Guid document, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task DropAsync(Guid document, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task MoveAsync(Guid document, CancellationToken cancellationToken = default);
}

public sealed class SearchWorker(HttpClient http) : ISearch
{
    public async Task IndexAsync(Guid document, CancellationToken cancellationToken)
    {
        try
        {
            await http.PutAsync($"/index/{document}", null, cancellationToken);
        }
        catch {|TT507:(Exception e)|}
        {
            throw new SearchFailedException($"{document} was not indexed", e);
        }
    }

    public async Task DropAsync(Guid document, CancellationToken cancellationToken)
    {
        try
        {
            await http.DeleteAsync($"/index/{document}", cancellationToken);
        }
        catch (TaskCanceledException)
        {
            throw;
        }
        catch (Exception e)
        {
            throw new SearchFailedException($"{document} was not dropped", e);
        }
    }

    public async Task MoveAsync(Guid document, CancellationToken cancellationToken)
    {
        try
        {
            await http.PutAsync($"/moved/{document}", null, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SearchFailedException($"{document} was not moved", e);
        }
    }
}
