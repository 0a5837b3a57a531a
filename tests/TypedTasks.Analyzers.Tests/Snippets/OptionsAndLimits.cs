// Options of every form within their bounds, clients through a factory and a tuple.
namespace Shop;

[TaskContract(Queue = "default")]
public interface IMail
{
    [Task("send", MaxAttempts = 100, Backoff = "500ms..1h", Expires = "30d", TimeLimit = "10m", DoNotRetryOn = [typeof(ArgumentException)])]
    [Idempotent(Key = "{message}:{to}", Window = "30d")]
    ValueTask<bool> SendAsync(Guid message, string to);
}

public sealed class Checkout(Func<string, ITaskClient<IMail>> clients)
{
    public async Task CompleteAsync(string tenant, Guid message, DateTimeOffset due)
    {
        var (mail, options) = (clients(tenant), EnqueueOptions.At(due) with { Headers = new Dictionary<string, string> { ["tenant"] = tenant } });
        TaskHandle<bool> handle = await mail.SendAsync(message, "them", options);
        if (!handle.IsDuplicate && await handle.ResultAsync(TimeSpan.FromSeconds(1)) is false)
        {
            await handle.CancelAsync();
        }
    }
}
