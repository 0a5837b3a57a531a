// Catches that do something about it: compensate, mark, count, enqueue, and tell.
using System.Net.Http;
using Microsoft.Extensions.Logging;

namespace Orders;

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] Task PlaceAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task RetryAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task<bool> AskAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class OrderWorker(HttpClient http, ITaskClient<IOrders> orders, ILogger<OrderWorker> logger) : IOrders
{
    public async Task PlaceAsync(Guid order, CancellationToken cancellationToken)
    {
        try
        {
            (await http.PutAsync($"/orders/{order}", null, cancellationToken)).EnsureSuccessStatusCode();
        }
        catch (Exception e)
        {
            await CompensateAsync(order, e);
        }
    }

    public async Task RetryAsync(Guid order, CancellationToken cancellationToken)
    {
        try
        {
            (await http.PutAsync($"/orders/{order}", null, cancellationToken)).EnsureSuccessStatusCode();
        }
        catch (Exception e)
        {
            logger.LogError(e, "Later");
            await orders.PlaceAsync(order, EnqueueOptions.In(TimeSpan.FromHours(1)), CancellationToken.None);
        }
    }

    public async Task<bool> AskAsync(Guid order, CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetAsync($"/orders/{order}", cancellationToken)).IsSuccessStatusCode;
        }
        catch (Exception e)
        {
            Tell(e);
            return false;
        }
    }

    private async Task CompensateAsync(Guid order, Exception e)
    {
        logger.LogError(e, "Undone");
        await http.DeleteAsync($"/orders/{order}");
    }

    private void Tell(Exception e) => logger.LogError(e, "Not asked");
}
