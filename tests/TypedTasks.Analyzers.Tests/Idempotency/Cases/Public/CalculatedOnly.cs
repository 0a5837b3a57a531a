// Reads, computes and answers: nothing is left behind.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

public sealed record Quote(decimal Net, decimal Tax)
{
    public decimal Gross => Net + Tax;
}

[TaskContract]
public interface IQuotes
{
    [Task, Idempotent]
    Task<Quote> CalculateAsync(int[] products, string country, CancellationToken cancellationToken = default);
}

public sealed class QuoteWorker(HttpClient http, ILogger<QuoteWorker> log) : IQuotes
{
    public async Task<Quote> CalculateAsync(int[] products, string country, CancellationToken cancellationToken)
    {
        decimal net = 0;
        foreach (int product in products)
        {
            net += await http.GetFromJsonAsync<decimal>($"/prices/{product}", cancellationToken);
        }

        using HttpResponseMessage tax = await http.PostAsJsonAsync("/tax/calculate", new { net, country }, cancellationToken);
        Quote quote = new(net, await tax.Content.ReadFromJsonAsync<decimal>(cancellationToken));
        log.LogInformation("{Gross} for {Count} at {Now}", quote.Gross, products.Length, DateTimeOffset.UtcNow);
        return quote;
    }
}
