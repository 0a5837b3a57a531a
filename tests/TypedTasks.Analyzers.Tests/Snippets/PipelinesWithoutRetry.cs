// Pipelines that bound the time and the traffic, and none that tries again.
using System.Net.Http;
using Polly;

namespace Prices;

[TaskContract]
public interface IPrices
{
    [Task(MaxAttempts = 8, Backoff = "1s..10m"), Idempotent] Task UpdateAsync(Uri source, CancellationToken cancellationToken = default);
}

public sealed class PriceWorker : IPrices
{
    private static readonly ResiliencePipeline Patience = Build();
    private readonly HttpClient _http;

    public PriceWorker(HttpClient http) => _http = http ?? throw new ArgumentNullException(nameof(http));

    public async Task UpdateAsync(Uri source, CancellationToken cancellationToken)
    {
        string? text = null;
        await Patience.ExecuteAsync(async token => { text = await _http.GetStringAsync(source, token); }, cancellationToken);
        Console.WriteLine(text?.Length);
    }

    private static ResiliencePipeline Build() => new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(10)).Build();
}
