// Exchange rates are fetched and laid into caches of three kinds; what depends on them is dropped.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;

public sealed record ExchangeRates(string Base, DateOnly Day, Dictionary<string, decimal> Rates);

public static class RatesOfToday
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, ExchangeRates> Known = new(StringComparer.OrdinalIgnoreCase);

    public static void Set(ExchangeRates rates)
    {
        lock (Gate)
        {
            if (!Known.TryGetValue(rates.Base, out ExchangeRates? before) || before.Day <= rates.Day)
            {
                Known[rates.Base] = rates;
            }
        }
    }
}

[TaskContract]
public interface IRateCaches
{
    [Task(MaxAttempts = 8), Idempotent]
    Task RefreshAsync(string currency, DateOnly day, CancellationToken cancellationToken = default);
}

public sealed class RateCacheWorker(HttpClient http, HybridCache hybrid, IMemoryCache memory) : IRateCaches
{
    public async Task RefreshAsync(string currency, DateOnly day, CancellationToken cancellationToken)
    {
        ExchangeRates rates = await http.GetFromJsonAsync<ExchangeRates>($"rates/{currency}?day={day:O}", cancellationToken)
            ?? throw new InvalidOperationException($"No rates of {currency}.");
        RatesOfToday.Set(rates);
        memory.Set($"rates:{currency}", rates, TimeSpan.FromHours(1));
        await hybrid.SetAsync($"rates:{currency}:{day:O}", rates, new HybridCacheEntryOptions { Expiration = TimeSpan.FromHours(6) }, ["rates"], cancellationToken);
        await hybrid.RemoveByTagAsync($"prices:{currency}", cancellationToken);
        foreach ((string other, decimal rate) in rates.Rates)
        {
            decimal inverse = await hybrid.GetOrCreateAsync($"inverse:{currency}:{other}", _ => ValueTask.FromResult(1 / rate), cancellationToken: cancellationToken);
            memory.Set($"inverse:{currency}:{other}", inverse, TimeSpan.FromHours(1));
        }
    }
}
