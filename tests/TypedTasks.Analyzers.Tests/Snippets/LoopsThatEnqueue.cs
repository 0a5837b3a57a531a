// One by one: in a loop over a query, over a dictionary, and where the loop does more than that.
namespace Shop;

[TaskContract]
public interface IMail
{
    [Task, Idempotent] ValueTask SendAsync(Guid message, string to);
}

public sealed class Newsletter(ITaskClient<IMail> mail)
{
    public async Task PublishAsync(IReadOnlyDictionary<Guid, string> messages)
    {
        foreach (var (message, to) in messages)
        {
            await {|TT705:mail.SendAsync(message, to: to)|}.ConfigureAwait(false);
        }
    }

    public async Task PublishToSomeAsync(IEnumerable<string> readers, Guid message)
    {
        foreach (string reader in readers.Where(one => one.Length > 0))
            await {|TT705:mail.EnqueueAsync(MailTasks.Send(message, reader))|};
    }

    public async Task<List<TaskId>> KeepAsync(IEnumerable<string> readers, Guid message)
    {
        List<TaskId> ids = [];
        foreach (string reader in readers)
        {
            TaskHandle<NoResult> handle = await mail.SendAsync(message, reader);
            ids.Add(handle.Id);
        }

        return ids;
    }

    public async Task StreamAsync(IAsyncEnumerable<string> readers, Guid message)
    {
        await foreach (string reader in readers)
        {
            await mail.SendAsync(message, reader);
        }
    }

    public async Task AtOnceAsync(IEnumerable<string> readers, Guid message) =>
        await mail.EnqueueManyAsync(readers.Select(reader => MailTasks.Send(message, reader)));
}
