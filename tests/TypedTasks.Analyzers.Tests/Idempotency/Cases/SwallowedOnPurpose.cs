using System.Net.Http;
using Microsoft.Extensions.Logging;

public sealed record Result(bool IsDone);

[TaskContract]
public interface IPrices
{
    [Task, Idempotent]
    Task UpdateAsync(Guid[] products);

    [Task, Idempotent]
    Task<Result> TryAsync(Guid product);

    [Task, Idempotent]
    Task RefreshAsync(Guid product);
}

public sealed class PriceWorker(HttpClient http, ILogger<PriceWorker> log) : IPrices
{
    public async Task UpdateAsync(Guid[] products)
    {
        List<Exception> failures = [];
        foreach (Guid product in products)
        {
            try
            {
                await http.PutAsync($"/products/{product}", null);
            }
            catch (Exception e)
            {
                failures.Add(e);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    public async Task<Result> TryAsync(Guid product)
    {
        try
        {
            await http.PutAsync($"/products/{product}", null);
            return new Result(true);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "Not updated");
            return new Result(false);
        }
    }

    public async Task RefreshAsync(Guid product)
    {
        await http.PutAsync($"/products/{product}", null);
        try
        {
            await http.DeleteAsync($"/cache/{product}");
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The cache will expire by itself");
        }
    }
}
