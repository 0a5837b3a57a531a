// Prices are put to many shops at once; those that failed are gathered, and the task fails with all of them.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

public sealed record ShopPrice(string Shop, string Sku, decimal Amount);

[TaskContract]
public interface IShopPrices
{
    [Task(TimeLimit = "5m"), Idempotent]
    Task SpreadAsync(ShopPrice[] prices, CancellationToken cancellationToken = default);
}

public sealed class ShopPriceWorker(HttpClient http, ILogger<ShopPriceWorker> log) : IShopPrices
{
    private readonly SemaphoreSlim _perShop = new(4, 4);

    public async Task SpreadAsync(ShopPrice[] prices, CancellationToken cancellationToken)
    {
        List<Exception> failures = [];
        int done = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(prices, options, async (price, token) =>
        {
            await _perShop.WaitAsync(token);
            try
            {
                using HttpResponseMessage response = await http.PutAsJsonAsync($"shops/{price.Shop}/prices/{price.Sku}", new { price.Amount }, token);
                response.EnsureSuccessStatusCode();
                Interlocked.Increment(ref done);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                lock (failures)
                {
                    failures.Add(e);
                }
            }
            finally
            {
                _perShop.Release();
            }
        });
        log.LogInformation("{Done} of {All} prices are set", done, prices.Length);
        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }
}
