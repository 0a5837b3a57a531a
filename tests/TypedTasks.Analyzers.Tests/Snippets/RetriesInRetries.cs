// A loop that counts, a pipeline that was built, and a loop over pages that is no retry.
using System.Net.Http;
using Polly;
using Polly.Retry;

namespace Prices;

[TaskContract]
public interface IPrices
{
    [Task, Idempotent] Task LoopAsync(Uri source, CancellationToken cancellationToken = default);

    [Task(MaxAttempts = 8), Idempotent] Task PipelineAsync(Uri source, CancellationToken cancellationToken = default);

    [Task(MaxAttempts = 1), Idempotent] Task OnceAsync(Uri source, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task PagesAsync(Uri source, int pages, CancellationToken cancellationToken = default);
}

public sealed class PriceWorker(HttpClient http) : IPrices
{
    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions()).Build();

    public async Task LoopAsync(Uri source, CancellationToken cancellationToken)
    {
        int attempt = 0;
        {|TT512:while|} (attempt++ < 3)
        {
            try
            {
                Console.WriteLine(await http.GetStringAsync(source, cancellationToken));
                break;
            }
            catch (HttpRequestException) when (attempt < 3)
            {
                await Task.Delay(100 * attempt, cancellationToken);
            }
        }
    }

    public async Task PipelineAsync(Uri source, CancellationToken cancellationToken) =>
        await {|TT512:_pipeline.ExecuteAsync|}(async token => await http.GetStringAsync(source, token), cancellationToken);

    public async Task OnceAsync(Uri source, CancellationToken cancellationToken)
    {
        for (int i = 0; i < 3; i++)
        {
            try
            {
                Console.WriteLine(await http.GetStringAsync(source, cancellationToken));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    public async Task PagesAsync(Uri source, int pages, CancellationToken cancellationToken)
    {
        int missing = 0;
        for (int page = 0; page < pages; page++)
        {
            try
            {
                Console.WriteLine(await http.GetStringAsync(new Uri(source, $"?page={page}"), cancellationToken));
            }
            catch (HttpRequestException)
            {
                missing++;
                continue;
            }
        }

        if (missing > 0)
        {
            throw new InvalidOperationException($"{missing} pages are missing");
        }
    }
}
