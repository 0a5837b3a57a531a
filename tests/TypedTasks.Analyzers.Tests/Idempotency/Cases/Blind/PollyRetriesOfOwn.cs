// Policies that a handler makes and executes; one that only limits the time.
using System.Net.Http;
using Polly;
using Polly.Retry;

[TaskContract]
public interface IStockPrices
{
    [Task, Idempotent]
    ValueTask<string> QuoteAsync(string symbol, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    ValueTask<string> HistoryAsync(string symbol, CancellationToken cancellationToken = default);

    [Task(MaxAttempts = 1), Idempotent]
    ValueTask<string> OnceTriedAsync(string symbol, CancellationToken cancellationToken = default);
}

public sealed class StockPriceWorker : IStockPrices
{
    private static readonly AsyncRetryPolicy Retry = Policy.Handle<HttpRequestException>().WaitAndRetryAsync(5, attempt => TimeSpan.FromSeconds(attempt));
    private readonly ResiliencePipeline _pipeline;
    private readonly ResiliencePipeline _timeout = new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(10)).Build();
    private readonly HttpClient _http;

    public StockPriceWorker(HttpClient http)
    {
        _http = http;
        _pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions()).Build();
    }

    public async ValueTask<string> QuoteAsync(string symbol, CancellationToken cancellationToken) =>
        await {|TT512:Retry.ExecuteAsync|}(() => _http.GetStringAsync($"quotes/{symbol}", cancellationToken));

    public async ValueTask<string> HistoryAsync(string symbol, CancellationToken cancellationToken)
    {
        string history = await {|TT512:_pipeline.ExecuteAsync|}(async token => await _http.GetStringAsync($"history/{symbol}", token), cancellationToken);
        return await _timeout.ExecuteAsync(async token => await _http.GetStringAsync($"history/{history}", token), cancellationToken);
    }

    public async ValueTask<string> OnceTriedAsync(string symbol, CancellationToken cancellationToken) =>
        await Retry.ExecuteAsync(() => _http.GetStringAsync($"quotes/{symbol}", cancellationToken));
}
