// A loyalty service of another project: points with and without what they are for.
public interface ILoyaltyService
{
    Task AddPointsAsync(Guid member, int points, CancellationToken cancellationToken);

    Task AddPointsAsync(Guid member, int points, string idempotencyKey, CancellationToken cancellationToken);

    Task<int> PointsOfAsync(Guid member, CancellationToken cancellationToken);
}

public interface IWalletClient
{
    Task DebitAsync(Guid wallet, decimal amount, Guid transactionId, CancellationToken cancellationToken);

    Task DebitAsync(Guid wallet, decimal amount, CancellationToken cancellationToken);
}

[TaskContract]
public interface ILoyaltyAndWallet
{
    [Task, Idempotent]
    Task EarnAsync(Guid order, Guid member, decimal total, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task EarnOnceAsync(Guid order, Guid member, decimal total, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PayAsync(Guid order, Guid wallet, decimal total, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PayOnceAsync(Guid order, Guid wallet, decimal total, CancellationToken cancellationToken = default);
}

public sealed class LoyaltyAndWalletWorker(ILoyaltyService loyalty, IWalletClient wallets) : ILoyaltyAndWallet
{
    public async Task EarnAsync(Guid order, Guid member, decimal total, CancellationToken cancellationToken)
    {
        if (await loyalty.PointsOfAsync(member, cancellationToken) < 10_000)
        {
            await {|TT412:loyalty.AddPointsAsync(member, (int)total, cancellationToken)|};
        }
    }

    public Task EarnOnceAsync(Guid order, Guid member, decimal total, CancellationToken cancellationToken) =>
        loyalty.AddPointsAsync(member, (int)total, $"order:{order}", cancellationToken);

    public Task PayAsync(Guid order, Guid wallet, decimal total, CancellationToken cancellationToken) => {|TT412:wallets.DebitAsync(wallet, total, cancellationToken)|};

    public Task PayOnceAsync(Guid order, Guid wallet, decimal total, CancellationToken cancellationToken) => wallets.DebitAsync(wallet, total, order, cancellationToken);
}
