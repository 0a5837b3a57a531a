// Static tables that are filled when they are asked for.
using System.Collections.Concurrent;
using System.Net.Http;

[TaskContract]
public interface IRateTables
{
    [Task, Idempotent]
    ValueTask<decimal> ConvertAsync(string currency, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class RateTableWorker(HttpClient http) : IRateTables
{
    private static readonly ConcurrentDictionary<string, decimal> Rates = new();
    private static readonly Dictionary<string, int> Digits = new() { ["JPY"] = 0 };

    public async ValueTask<decimal> ConvertAsync(string currency, decimal amount, CancellationToken cancellationToken)
    {
        if (!Rates.TryGetValue(currency, out decimal rate))
        {
            rate = decimal.Parse(await http.GetStringAsync($"rates/{currency}", cancellationToken));
            Rates[currency] = rate;
        }

        return Math.Round(amount * rate, Digits.GetValueOrDefault(currency, 2));
    }
}
