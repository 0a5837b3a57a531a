// RestSharp: the method is in the request.
using RestSharp;

[TaskContract]
public interface IErpOrders
{
    [Task, Idempotent]
    Task ExportAsync(int order, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task<bool> IsKnownAsync(int order, CancellationToken cancellationToken = default);
}

public sealed class ErpOrderWorker(IRestClient client) : IErpOrders
{
    public async Task ExportAsync(int order, CancellationToken cancellationToken)
    {
        RestRequest request = new RestRequest("orders", Method.Post).AddJsonBody(new { order });
        RestResponse response = await {|TT410:client.ExecuteAsync(request, cancellationToken)|};
        if (!response.IsSuccessful)
        {
            throw new InvalidOperationException($"Order {order} was not exported");
        }
    }

    public async Task<bool> IsKnownAsync(int order, CancellationToken cancellationToken)
    {
        RestResponse response = await client.ExecuteAsync(new RestRequest($"orders/{order}"), cancellationToken);
        return response.IsSuccessful;
    }
}
