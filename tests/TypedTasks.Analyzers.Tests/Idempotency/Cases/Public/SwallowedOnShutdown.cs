// What stops is no failure; whatever else happens is thrown again.
using System.Net.Http;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface ILongPolls
{
    [Task, Idempotent]
    Task PollAsync(Uri source, CancellationToken cancellationToken = default);
}

public sealed class LongPollWorker(HttpClient http, ILogger<LongPollWorker> log) : ILongPolls
{
    public async Task PollAsync(Uri source, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (string line in LinesAsync(source, cancellationToken))
            {
                await http.PutAsync($"/lines/{Uri.EscapeDataString(line)}", null, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            log.LogInformation("Stopped");
            throw;
        }
        catch (Exception e)
        {
            log.LogError(e, "{Source} has failed", source);
            throw;
        }
    }

    private async IAsyncEnumerable<string> LinesAsync(Uri source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string line in (await http.GetStringAsync(source, cancellationToken)).Split('\n'))
        {
            yield return line;
        }
    }
}
