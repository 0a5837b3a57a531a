// Services are asked for within a scope of the task's own, as background services do it.
using System.Net.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class FailedOrder
{
    public int Id { get; set; }
    public string Status { get; set; } = "PendingPayment";
    public DateTimeOffset UpdatedOn { get; set; }

    public void Cancel() => Status = "Canceled";
}

public sealed class FailedOrderContext : DbContext
{
    public DbSet<FailedOrder> Orders => Set<FailedOrder>();
}

[TaskContract]
public interface IOrderCancellation
{
    [Task, Idempotent]
    Task CancelAsync(CancellationToken cancellationToken = default);
}

public sealed class OrderCancellationWorker(IServiceScopeFactory scopes, ILogger<OrderCancellationWorker> log) : IOrderCancellation
{
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        FailedOrderContext orders = scope.ServiceProvider.GetRequiredService<FailedOrderContext>();
        HttpClient http = scope.ServiceProvider.GetRequiredService<HttpClient>();
        DateTimeOffset limit = DateTimeOffset.UtcNow.AddMinutes(-5);
        List<FailedOrder> failed = await orders.Orders.Where(one => one.Status == "PendingPayment" && one.UpdatedOn < limit).ToListAsync(cancellationToken);
        foreach (FailedOrder order in failed)
        {
            (await http.PostAsync($"/orders/{order.Id}/events?name=canceled", null, cancellationToken)).EnsureSuccessStatusCode();
            order.Cancel();
            await orders.SaveChangesAsync(cancellationToken);
            log.LogInformation("{Order} was canceled", order.Id);
        }
    }
}
