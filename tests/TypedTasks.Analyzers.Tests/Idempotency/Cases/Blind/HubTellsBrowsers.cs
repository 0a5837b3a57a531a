// A browser is told to look again: nothing is made by it, and twice is as good as once.
using Microsoft.AspNetCore.SignalR;

public sealed class BoardHub;

[TaskContract]
public interface IBoards
{
    [Task, Idempotent]
    Task ChangedAsync(Guid board, CancellationToken cancellationToken = default);
}

public sealed class BoardWorker(IHubContext<BoardHub> hub) : IBoards
{
    public Task ChangedAsync(Guid board, CancellationToken cancellationToken) =>
        hub.Clients.Group(board.ToString()).SendAsync("BoardChanged", board, cancellationToken);
}
