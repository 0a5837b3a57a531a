using System.Net.Http;

public interface IInbox
{
    Task<bool> IsProcessedAsync(string id);
    Task MarkProcessedAsync(string id);
    Task<bool> TryBeginAsync(string id);
}

[TaskContract]
public interface IHooks
{
    [Task, Idempotent]
    Task CallAsync(string url, TaskContext context = null!);

    [Task, Idempotent]
    Task PingAsync(string url, TaskContext context = null!);
}

public sealed class HookWorker(IInbox inbox, HttpClient http) : IHooks
{
    public async Task CallAsync(string url, TaskContext context)
    {
        string id = context.Id.ToString();
        bool done = await inbox.IsProcessedAsync(id);
        if (done)
        {
            return;
        }

        await http.PostAsync(url, null);
        await inbox.MarkProcessedAsync(id);
    }

    public async Task PingAsync(string url, TaskContext context)
    {
        if (await inbox.TryBeginAsync(context.Id.ToString()))
        {
            await http.PostAsync(url, null);
        }
    }
}
