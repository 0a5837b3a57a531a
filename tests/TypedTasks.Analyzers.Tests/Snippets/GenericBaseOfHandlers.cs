// A generic base class does the logging, the measuring and the rethrowing; handlers say what is to be done.
using System.Diagnostics;
using System.Net.Http;
using Microsoft.Extensions.Logging;

namespace Search;

public abstract class Handler<TSelf>(ILogger<TSelf> logger)
    where TSelf : Handler<TSelf>
{
    protected async Task MeasuredAsync<TState>(string name, TState state, Func<TState, Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            await work(state).ConfigureAwait(false);
        }
        catch (Exception e) when (Log(e, name))
        {
            throw;
        }
        finally
        {
            logger.LogInformation("{Name} took {Elapsed}", name, Stopwatch.GetElapsedTime(start));
        }
    }

    private bool Log(Exception e, string name)
    {
        logger.LogError(e, "{Name} failed", name);
        return true;
    }
}

[TaskContract]
public interface ISearch
{
    [Task, Idempotent] Task IndexAsync(Guid document, CancellationToken cancellationToken = default);
}

public sealed class SearchWorker(HttpClient http, ILogger<SearchWorker> logger) : Handler<SearchWorker>(logger), ISearch
{
    public Task IndexAsync(Guid document, CancellationToken cancellationToken) => MeasuredAsync(
        nameof(IndexAsync),
        (document, cancellationToken),
        async state => await http.PutAsync($"/index/{state.document}", null, state.cancellationToken));
}
