// Rates are read from outside and written where they differ.
using Microsoft.EntityFrameworkCore;

public sealed class Currency
{
    public int Id { get; set; }
    public string Code { get; set; } = "";
    public decimal Rate { get; set; }
}

public sealed class CurrencyContext : DbContext
{
    public DbSet<Currency> Currencies => Set<Currency>();
}

public interface ILiveRates
{
    Task<IReadOnlyDictionary<string, decimal>> GetAsync(CancellationToken cancellationToken);
}

[TaskContract]
public interface IExchangeRates
{
    [Task, Idempotent]
    Task UpdateAsync(CancellationToken cancellationToken = default);
}

public sealed class ExchangeRateWorker(CurrencyContext context, ILiveRates live) : IExchangeRates
{
    public async Task UpdateAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, decimal> rates = await live.GetAsync(cancellationToken);
        List<Currency> currencies = await context.Currencies.Where(currency => rates.Keys.Contains(currency.Code)).ToListAsync(cancellationToken);
        foreach (Currency currency in currencies)
        {
            if (rates.TryGetValue(currency.Code, out decimal rate) && currency.Rate != rate)
            {
                currency.Rate = rate;
            }
        }

        await context.SaveChangesAsync(cancellationToken);
    }
}
