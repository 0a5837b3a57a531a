using System.Net.Http;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IPulls
{
    [Task, Idempotent]
    Task PullAsync(string feed);

    [Task, Idempotent]
    Task PollAsync(string feed);
}

public sealed class PullWorker(HttpClient http, ILogger<PullWorker> log) : IPulls
{
    public async Task PullAsync(string feed)
    {
        try
        {
            await http.PutAsync($"/feeds/{feed}/pulled", null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Pulling failed");
            throw TaskContext.RetryAfter(TimeSpan.FromMinutes(1), "the feed does not answer", e);
        }
    }

    public async Task PollAsync(string feed)
    {
        try
        {
            await http.GetStringAsync(feed);
        }
        catch (HttpRequestException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            log.LogInformation("{Feed} is gone", feed);
        }
    }
}
