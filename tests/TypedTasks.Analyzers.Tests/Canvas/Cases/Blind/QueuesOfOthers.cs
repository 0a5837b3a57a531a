// EnqueueAsync, InvokeAsync and EnqueueManyAsync of other libraries and of wrappers, beside ours.
namespace Wrapped;

[TaskContract]
public interface IMessages
{
    [Task, Idempotent] ValueTask<int> CountAsync(string text);
    [Task, Idempotent] ValueTask StoreAsync(int count, string folder);
}

public interface IBackgroundQueue
{
    ValueTask EnqueueAsync(Func<CancellationToken, ValueTask> work);

    ValueTask<T> InvokeAsync<T>(Func<ValueTask<T>> work);

    ValueTask EnqueueManyAsync<T>(IEnumerable<T> items);
}

public sealed class Retrying(ITaskClient<IMessages> inner)
{
    public ValueTask<TaskHandle<NoResult>> EnqueueAsync(MessagesTasks.StoreArguments arguments, int retries) =>
        retries > 0 ? inner.EnqueueAsync(MessagesTasks.Store(arguments.Count, arguments.Folder)) : default;

    public void EnqueueAsync<TInput, TResult>(TaskLink<TInput, TResult> link) => link.ToString();
}

public sealed class Messages(IBackgroundQueue queue, Retrying retrying, ITaskClient<IMessages> messages)
{
    public async Task RunAsync(string folder)
    {
        retrying.EnqueueAsync(MessagesTasks.StoreLink(folder));
        await queue.EnqueueManyAsync([MessagesTasks.StoreLink(folder)]);
        await queue.EnqueueAsync(async token => await messages.EnqueueAsync(MessagesTasks.Store(1, folder), cancellationToken: token));
        await queue.EnqueueAsync(MessagesTasks.StoreLink(folder)); // refused
        await queue.InvokeAsync(MessagesTasks.CountLink); // refused
        await retrying.EnqueueAsync(MessagesTasks.StoreLink(folder), 3); // refused
        await queue.InvokeAsync(() => messages.InvokeAsync(MessagesTasks.Store(1, folder)));
    }
}
