// Once per order to the end; on the way there, the first call is repeated when the second fails.
using System.Net.Http;

[TaskContract]
public interface IKeyedOrders
{
    [Task, Idempotent(Key = nameof(order))]
    Task PlaceAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent(Key = nameof(order))]
    Task StoreAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class KeyedOrderWorker(HttpClient http) : IKeyedOrders
{
    public async Task PlaceAsync(Guid order, CancellationToken cancellationToken)
    {
        await {|TT423:ReserveAsync(order, cancellationToken)|};
        await {|TT422:http.PostAsync($"/orders/{order}/confirmations", null, cancellationToken)|};
    }

    public async Task StoreAsync(Guid order, CancellationToken cancellationToken)
    {
        await http.PutAsync($"/orders/{order}", null, cancellationToken);
        await http.DeleteAsync($"/drafts/{order}", cancellationToken);
    }

    private async Task ReserveAsync(Guid order, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsync($"/orders/{order}/reservations", null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
