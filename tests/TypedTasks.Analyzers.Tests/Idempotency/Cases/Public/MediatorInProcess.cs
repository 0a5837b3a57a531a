// A mediator passes the command on within the process; what its handler does is not seen from here.
using MediatR;

public sealed record CloseAccount(Guid Account) : IRequest<bool>;

[TaskContract]
public interface IAccountClosing
{
    [Task, Idempotent]
    Task CloseAsync(Guid account, CancellationToken cancellationToken = default);
}

public sealed class AccountClosingWorker(IMediator mediator) : IAccountClosing
{
    public async Task CloseAsync(Guid account, CancellationToken cancellationToken)
    {
        if (!await mediator.Send(new CloseAccount(account), cancellationToken))
        {
            throw new InvalidOperationException($"Account {account} was not closed");
        }
    }
}
