// A command goes to its handler by the mediator; the handler raises an event, whose handler tells somebody.
using MediatR;
using Microsoft.EntityFrameworkCore;

public sealed record DebitAccount(Guid Account, decimal Amount) : IRequest;

public sealed record AccountDebited(Guid Account) : INotification;

public sealed class Account
{
    public Guid Id { get; set; }
    public decimal Balance { get; set; }
}

public sealed class AccountContext : DbContext
{
    public DbSet<Account> Accounts => Set<Account>();
}

public sealed class DebitAccountHandler(AccountContext database, IPublisher publisher) : IRequestHandler<DebitAccount>
{
    public async Task Handle(DebitAccount request, CancellationToken cancellationToken)
    {
        Account account = await database.Accounts.SingleAsync(one => one.Id == request.Account, cancellationToken);
        account.Balance -= request.Amount;
        await database.SaveChangesAsync(cancellationToken);
        await publisher.Publish(new AccountDebited(account.Id), cancellationToken);
    }
}

public sealed class AccountDebitedHandler : INotificationHandler<AccountDebited>
{
    public Task Handle(AccountDebited notification, CancellationToken cancellationToken)
    {
        Console.WriteLine(notification.Account);
        return Task.CompletedTask;
    }
}

[TaskContract]
public interface IDebits
{
    [Task, Idempotent]
    Task DebitAsync(Guid account, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class DebitWorker(ISender sender) : IDebits
{
    public Task DebitAsync(Guid account, decimal amount, CancellationToken cancellationToken) => {|TT412:sender.Send(new DebitAccount(account, amount), cancellationToken)|};
}
