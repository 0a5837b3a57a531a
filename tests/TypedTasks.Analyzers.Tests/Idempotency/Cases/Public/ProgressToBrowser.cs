// Progress is told to whoever watches, over SignalR, in bits and pieces.
using Microsoft.AspNetCore.SignalR;

public sealed class ProgressHub;

public interface ICoverStore
{
    Task<IReadOnlyList<string>> UnusedAsync(CancellationToken cancellationToken);
    Task DeleteAsync(string cover, CancellationToken cancellationToken);
}

[TaskContract]
public interface ICoverCleanup
{
    [Task, Idempotent]
    Task CleanAsync(string user, CancellationToken cancellationToken = default);
}

public sealed class CoverCleanupWorker(IHubContext<ProgressHub> hub, ICoverStore covers) : ICoverCleanup
{
    public async Task CleanAsync(string user, CancellationToken cancellationToken)
    {
        await SendProgressAsync(user, 0F, cancellationToken);
        IReadOnlyList<string> unused = await covers.UnusedAsync(cancellationToken);
        for (int i = 0; i < unused.Count; i++)
        {
            await covers.DeleteAsync(unused[i], cancellationToken);
            await SendProgressAsync(user, (float)i / unused.Count, cancellationToken);
        }

        await SendProgressAsync(user, 1F, cancellationToken);
    }

    private Task SendProgressAsync(string user, float progress, CancellationToken cancellationToken) =>
        hub.Clients.User(user).SendAsync("progress", progress, cancellationToken);
}
