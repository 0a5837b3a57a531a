// A wallet in Cosmos DB: made unless it is there, changed only in the version that was read.
using System.Net;
using Microsoft.Azure.Cosmos;

public sealed record WalletDocument(string Id, decimal Balance, Guid? LastEntry);

[TaskContract]
public interface ICosmosWallets
{
    [Task, Idempotent]
    Task OpenAsync(string wallet, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task BookAsync(string wallet, Guid entry, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class CosmosWalletWorker(Container container) : ICosmosWallets
{
    public async Task OpenAsync(string wallet, CancellationToken cancellationToken)
    {
        try
        {
            await container.CreateItemAsync(new WalletDocument(wallet, 0, null), new PartitionKey(wallet), cancellationToken: cancellationToken);
        }
        catch (CosmosException e) when (e.StatusCode == HttpStatusCode.Conflict)
        {
            // It was opened before.
        }
    }

    public async Task BookAsync(string wallet, Guid entry, decimal amount, CancellationToken cancellationToken)
    {
        ItemResponse<WalletDocument> read = await container.ReadItemAsync<WalletDocument>(wallet, new PartitionKey(wallet), cancellationToken: cancellationToken);
        WalletDocument current = read.Resource;
        if (current.LastEntry == entry)
        {
            return;
        }

        WalletDocument next = current with { Balance = current.Balance + amount, LastEntry = entry };
        await container.ReplaceItemAsync(next, wallet, new PartitionKey(wallet), new ItemRequestOptions { IfMatchEtag = read.ETag }, cancellationToken);
    }
}
