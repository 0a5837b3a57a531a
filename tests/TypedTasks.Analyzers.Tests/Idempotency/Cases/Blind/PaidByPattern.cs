// Who has paid, or is past that, is not charged: by a pattern over the state.
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public enum CheckoutState
{
    Open,
    Paid,
    Shipped,
}

public sealed class CheckoutOrder
{
    public Guid Id { get; set; }
    public CheckoutState State { get; set; }
}

public sealed class CheckoutContext : DbContext
{
    public DbSet<CheckoutOrder> Orders => Set<CheckoutOrder>();
}

[TaskContract]
public interface IPatternCheckouts
{
    [Task, Idempotent]
    Task PayAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class CheckoutWorker(CheckoutContext database, IHttpClientFactory clients) : IPatternCheckouts
{
    public async Task PayAsync(Guid order, CancellationToken cancellationToken)
    {
        CheckoutOrder found = await database.Orders.SingleAsync(one => one.Id == order, cancellationToken);
        if (found is { State: CheckoutState.Paid or CheckoutState.Shipped })
        {
            return;
        }

        using HttpResponseMessage response = await clients.CreateClient("bank").PostAsync($"/payments/{order}", null, cancellationToken);
        response.EnsureSuccessStatusCode();
        found.State = CheckoutState.Paid;
        await database.SaveChangesAsync(cancellationToken);
    }
}
