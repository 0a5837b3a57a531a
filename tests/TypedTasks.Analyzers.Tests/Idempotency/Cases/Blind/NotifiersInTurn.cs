// All that want to hear of it are told in turn; more than one class may be behind the interface.
public interface INotifier
{
    Task NotifyAsync(string user, string text, CancellationToken cancellationToken);
}

public sealed class SilentNotifier : INotifier
{
    public Task NotifyAsync(string user, string text, CancellationToken cancellationToken) => Task.CompletedTask;
}

public sealed class NoNotifier : INotifier
{
    public Task NotifyAsync(string user, string text, CancellationToken cancellationToken) => Task.FromCanceled(cancellationToken);
}

[TaskContract]
public interface INoticesInTurn
{
    [Task, Idempotent]
    Task TellAsync(string user, string text, CancellationToken cancellationToken = default);
}

public sealed class NoticeInTurnWorker(IEnumerable<INotifier> notifiers) : INoticesInTurn
{
    public async Task TellAsync(string user, string text, CancellationToken cancellationToken)
    {
        foreach (INotifier notifier in notifiers)
        {
            await {|TT414:notifier.NotifyAsync(user, text, cancellationToken)|};
        }
    }
}
