// Tries of the handler's own within a task that is tried again.
using System.Net.Http;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IRateImport
{
    [Task(MaxAttempts = 8), Idempotent]
    ValueTask<string> ImportAsync(string currency, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PollAsync(string job, CancellationToken cancellationToken = default);
}

public sealed class RateImportWorker(HttpClient http, ILogger<RateImportWorker> logger) : IRateImport
{
    private const int MaxRetries = 5;

    public async ValueTask<string> ImportAsync(string currency, CancellationToken cancellationToken)
    {
        int attempt = 0;
        {|TT512:while|} (true)
        {
            try
            {
                return await http.GetStringAsync($"rates/{currency}", cancellationToken);
            }
            catch (HttpRequestException e) when (attempt < MaxRetries)
            {
                attempt++;
                logger.LogWarning(e, "Attempt {Attempt} failed", attempt);
                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)), cancellationToken);
            }
        }
    }

    public async Task PollAsync(string job, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            string state = await http.GetStringAsync($"jobs/{job}", cancellationToken);
            if (state == "done")
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
        }
    }
}
