// Records that are changed by copying: a balance of its own value, a name of the task's.
public sealed record SavingsAccount(Guid Id, string Name, decimal Balance);

public interface ISavingsAccounts
{
    Task<SavingsAccount> GetAsync(Guid id, CancellationToken cancellationToken);

    Task UpdateAsync(SavingsAccount account, CancellationToken cancellationToken);
}

[TaskContract]
public interface ISavings
{
    [Task, Idempotent]
    Task PayInAsync(Guid account, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task RenameAsync(Guid account, string name, CancellationToken cancellationToken = default);
}

public sealed class SavingsWorker(ISavingsAccounts accounts) : ISavings
{
    public async Task PayInAsync(Guid account, decimal amount, CancellationToken cancellationToken)
    {
        SavingsAccount found = await accounts.GetAsync(account, cancellationToken);
        await accounts.UpdateAsync(found with { {|TT412:Balance = found.Balance + amount|} }, cancellationToken);
    }

    public async Task RenameAsync(Guid account, string name, CancellationToken cancellationToken)
    {
        SavingsAccount found = await accounts.GetAsync(account, cancellationToken);
        await accounts.UpdateAsync(found with { Name = name }, cancellationToken);
    }
}
