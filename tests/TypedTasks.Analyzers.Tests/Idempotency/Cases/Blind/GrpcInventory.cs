// Remote procedures of an inventory: what is set or asked may be repeated, what is added may not.
using Grpc.Core;

public sealed record StockRequest(string Sku, int Quantity);

public sealed record StockReply(int Quantity);

public class InventoryServiceClient : ClientBase<InventoryServiceClient>
{
    public virtual AsyncUnaryCall<StockReply> SetStockAsync(StockRequest request, CallOptions options) => throw new NotSupportedException();

    public virtual AsyncUnaryCall<StockReply> AddStockAsync(StockRequest request, CallOptions options) => throw new NotSupportedException();

    public virtual StockReply GetStock(StockRequest request, CallOptions options) => throw new NotSupportedException();
}

public interface IInventory
{
    Task SetAsync(string sku, int quantity);

    Task AddAsync(string sku, int quantity);
}

public sealed class RemoteInventory : IInventory
{
    private readonly InventoryServiceClient _client;

    public RemoteInventory(InventoryServiceClient client) => _client = client;

    public async Task SetAsync(string sku, int quantity) => await _client.SetStockAsync(new StockRequest(sku, quantity), default);

    public async Task AddAsync(string sku, int quantity)
    {
        using AsyncUnaryCall<StockReply> call = _client.AddStockAsync(new StockRequest(sku, quantity), default);
        await call.ResponseAsync;
    }
}

[TaskContract]
public interface IStockMoves
{
    [Task, Idempotent]
    Task CountedAsync(string sku, int quantity);

    [Task, Idempotent]
    Task DeliveredAsync(string sku, int quantity);
}

public sealed class StockMoveWorker(IInventory inventory) : IStockMoves
{
    public Task CountedAsync(string sku, int quantity) => inventory.SetAsync(sku, quantity);

    public Task DeliveredAsync(string sku, int quantity) => {|TT410:inventory.AddAsync(sku, quantity)|};
}
