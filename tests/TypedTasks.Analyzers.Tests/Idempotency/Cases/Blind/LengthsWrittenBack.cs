// A text is read, made longer for show, and the number of its words is set under another key.
using Microsoft.Extensions.Caching.Distributed;

[TaskContract]
public interface IWordCounts
{
    [Task, Idempotent]
    Task CountAsync(string page, CancellationToken cancellationToken = default);
}

public sealed class WordCountWorker(IDistributedCache cache) : IWordCounts
{
    public async Task CountAsync(string page, CancellationToken cancellationToken)
    {
        string? text = await cache.GetStringAsync($"page:{page}", cancellationToken);
        int words = (text ?? "").Split(' ').Length;
        await cache.SetStringAsync($"words:{page}", (words + 0).ToString(), cancellationToken);
    }
}
