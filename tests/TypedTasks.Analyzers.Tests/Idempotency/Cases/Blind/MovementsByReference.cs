// Money is moved by a service of another project, and every movement has its reference.
public interface ITransferService
{
    Task DepositAsync(Guid account, decimal amount, Guid transferId, CancellationToken cancellationToken);

    Task WithdrawAsync(Guid account, decimal amount, string reference, CancellationToken cancellationToken);
}

[TaskContract]
public interface IReferencedTransfers
{
    [Task, Idempotent]
    Task TransferAsync(Guid transfer, Guid from, Guid to, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class ReferencedTransferWorker(ITransferService service) : IReferencedTransfers
{
    public async Task TransferAsync(Guid transfer, Guid from, Guid to, decimal amount, CancellationToken cancellationToken)
    {
        await service.WithdrawAsync(from, amount, $"{transfer}/out", cancellationToken);
        await service.DepositAsync(to, amount, transfer, cancellationToken);
    }
}
