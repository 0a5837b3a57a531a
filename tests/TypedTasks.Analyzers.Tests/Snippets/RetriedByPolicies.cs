// A policy of old, an injected pipeline of which nothing is known, and a typed retry.
using System.Net.Http;
using Polly;
using Polly.Retry;

namespace Prices;

[TaskContract]
public interface IPrices
{
    [Task, Idempotent] Task OldAsync(Uri source, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task UnknownAsync(Uri source, CancellationToken cancellationToken = default);

    [Task, AtMostOnce] Task OnceAsync(Uri source, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task ForAsync(Uri[] mirrors, CancellationToken cancellationToken = default);
}

public sealed class PriceWorker(HttpClient http, ResiliencePipeline pipeline, AsyncRetryPolicy policy) : IPrices
{
    public async Task OldAsync(Uri source, CancellationToken cancellationToken) =>
        await {|TT512:policy.ExecuteAsync|}(() => http.GetStringAsync(source, cancellationToken));

    public async Task UnknownAsync(Uri source, CancellationToken cancellationToken) =>
        await pipeline.ExecuteAsync(async token => await http.GetStringAsync(source, token), cancellationToken);

    public async Task OnceAsync(Uri source, CancellationToken cancellationToken) =>
        await policy.ExecuteAsync(() => http.GetStringAsync(source, cancellationToken));

    public async Task ForAsync(Uri[] mirrors, CancellationToken cancellationToken)
    {
        foreach (Uri mirror in mirrors)
        {
            try
            {
                Console.WriteLine(await http.GetStringAsync(mirror, cancellationToken));
                return;
            }
            catch (HttpRequestException)
            {
                Console.WriteLine($"{mirror} is away");
            }
        }

        throw new InvalidOperationException("no mirror");
    }
}
