using System.Net.Http;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IPrices
{
    [Task, Idempotent]
    Task UpdateAsync(Guid product);
}

public sealed class PriceWorker(HttpClient http, ILogger<PriceWorker> log) : IPrices
{
    public async Task UpdateAsync(Guid product)
    {
        try
        {
            string price = await http.GetStringAsync($"/prices/{product}");
            await http.PutAsync($"/products/{product}", new StringContent(price));
        }
        catch {|TT506:(Exception e)|}
        {
            log.LogError(e, "Could not update {Product}", product);
        }
    }
}
