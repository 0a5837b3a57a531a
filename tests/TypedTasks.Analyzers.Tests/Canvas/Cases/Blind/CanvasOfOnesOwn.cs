// A canvas that keeps what it is given, for tests and for an outbox, and those who call it.
namespace Outbox;

[TaskContract]
public interface ILedger
{
    [Task, Idempotent] ValueTask<Guid> OpenAsync(string owner);
    [Task, Idempotent] ValueTask<Guid> DepositAsync(Guid account, decimal amount);
    [Task, Idempotent] ValueTask CloseAsync(Guid account);
}

public sealed class KeepingCanvas(ITaskCanvas inner) : ITaskCanvas
{
    private readonly List<object> _kept = [];

    public async ValueTask<TaskHandle<TResult>> EnqueueAsync<TResult>(TaskChain<TResult> chain, EnqueueOptions options = default, CancellationToken cancellationToken = default)
    {
        _kept.Add(chain);
        return await inner.EnqueueAsync(chain, options, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<TaskHandle<TResult>>> EnqueueAsync<TResult>(TaskGroup<TResult> group, EnqueueOptions options = default, CancellationToken cancellationToken = default)
    {
        _kept.Add(group);
        return await inner.EnqueueAsync(group, options, cancellationToken);
    }

    public void Keep<TInput, TResult>(TaskLink<TInput, TResult> link) => _kept.Add(link);
}

public sealed class Accounts(KeepingCanvas canvas)
{
    private readonly Dictionary<string, TaskLink<Guid, Guid>> _links = new() { ["gift"] = LedgerTasks.DepositLink(10), ["start"] = LedgerTasks.DepositLink(amount: 100).Then(LedgerTasks.DepositLink(1)) };

    public async Task OpenAsync(string owner, params string[] deposits)
    {
        canvas.Keep(LedgerTasks.CloseLink());
        TaskChain<Guid> opened = deposits.Aggregate(Canvas.Chain(LedgerTasks.Open(owner)), (chain, deposit) => chain.Then(_links[deposit]));
        TaskHandle<NoResult> closed = await canvas.EnqueueAsync(opened.Then(LedgerTasks.CloseLink()), new EnqueueOptions { ExpiresIn = TimeSpan.FromDays(1) });
        IReadOnlyList<TaskHandle<Guid>> handles = await canvas.EnqueueAsync(opened.ThenGroup(_links.Values));
        await Task.WhenAll(handles.Select(async handle => await handle.ResultAsync(TimeSpan.FromMinutes(1))));
        await closed.CancelAsync();
    }
}
