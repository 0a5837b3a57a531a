// Documents of Mongo that are replaced under their key, and lists that grow.
using MongoDB.Driver;

public sealed class CartDocument
{
    public string Id { get; set; } = "";
    public List<string> Skus { get; set; } = [];
    public decimal Total { get; set; }
}

[TaskContract]
public interface ICarts
{
    [Task, Idempotent]
    Task StoreAsync(string cart, string[] skus, decimal total, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PutAsync(string cart, string sku, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PutOnceAsync(string cart, string sku, CancellationToken cancellationToken = default);
}

public sealed class CartWorker(IMongoCollection<CartDocument> carts) : ICarts
{
    public async Task StoreAsync(string cart, string[] skus, decimal total, CancellationToken cancellationToken) =>
        await carts.UpdateOneAsync(
            one => one.Id == cart,
            Builders<CartDocument>.Update.Set(one => one.Skus, [.. skus]).Set(one => one.Total, total),
            new UpdateOptions { IsUpsert = true },
            cancellationToken);

    public async Task PutAsync(string cart, string sku, CancellationToken cancellationToken) =>
        await {|TT411:carts.UpdateOneAsync(one => one.Id == cart, Builders<CartDocument>.Update.Push(one => one.Skus, sku), cancellationToken: cancellationToken)|};

    public async Task PutOnceAsync(string cart, string sku, CancellationToken cancellationToken) =>
        await carts.UpdateOneAsync(one => one.Id == cart, Builders<CartDocument>.Update.AddToSet(one => one.Skus, sku), cancellationToken: cancellationToken);
}
