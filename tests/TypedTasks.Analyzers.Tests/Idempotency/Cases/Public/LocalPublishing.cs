// Events within the process, and a cache that is told of a change.
public sealed record StockChanged(int Product);

public interface ILocalEventBus
{
    Task PublishAsync(object one);
}

public interface IStockRepository
{
    Task<int> GetAsync(int product);
    Task SetAsync(int product, int level);
}

[TaskContract]
public interface IStockSync
{
    [Task, Idempotent]
    Task SyncAsync(int product, int level);
}

public sealed class StockSyncWorker(IStockRepository stock, ILocalEventBus events) : IStockSync
{
    public async Task SyncAsync(int product, int level)
    {
        if (await stock.GetAsync(product) == level)
        {
            return;
        }

        await stock.SetAsync(product, level);
        await events.PublishAsync(new StockChanged(product));
    }
}
