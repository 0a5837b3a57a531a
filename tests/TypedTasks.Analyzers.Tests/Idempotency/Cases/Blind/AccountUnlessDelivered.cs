// An order that was delivered is refused; the account is made under its own name by PUT, and the order says so.
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

public enum AccountOrderState
{
    Created,
    Paid,
    Delivered,
    Failed,
}

public sealed class AccountOrder
{
    public string Number { get; set; } = "";
    public string Account { get; set; } = "";
    public string PublicKey { get; set; } = "";
    public AccountOrderState State { get; set; }
    public string? Message { get; set; }
}

public sealed class AccountOrderContext : DbContext
{
    public DbSet<AccountOrder> Orders => Set<AccountOrder>();
}

[TaskContract]
public interface IAccounts
{
    [Task(MaxAttempts = 2), Idempotent]
    Task CreateAsync(string number, CancellationToken cancellationToken = default);
}

public sealed class AccountWorker(AccountOrderContext database, HttpClient chain) : IAccounts
{
    public async Task CreateAsync(string number, CancellationToken cancellationToken)
    {
        AccountOrder order = await database.Orders.SingleOrDefaultAsync(one => one.Number == number, cancellationToken) ?? throw new InvalidOperationException("no order");
        if (order.State != AccountOrderState.Paid)
        {
            throw new InvalidOperationException($"{number} is {order.State}");
        }

        using HttpResponseMessage response = await chain.PutAsJsonAsync($"/accounts/{order.Account}", new { order.PublicKey }, cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            order.State = AccountOrderState.Delivered;
        }
        else
        {
            order.Message = await response.Content.ReadAsStringAsync(cancellationToken);
            order.State = AccountOrderState.Failed;
        }

        await database.SaveChangesAsync(cancellationToken);
    }
}
