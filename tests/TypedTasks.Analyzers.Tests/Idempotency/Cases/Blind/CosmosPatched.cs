// Cosmos DB is patched: a like is counted, a view is counted once a session, a title is set.
using Microsoft.Azure.Cosmos;

public sealed class ArticleDocument
{
    public string Id { get; set; } = "";
    public string Title { get; set; } = "";
    public long Likes { get; set; }
    public long Views { get; set; }
    public string? LastSession { get; set; }
}

[TaskContract]
public interface IArticleCounters
{
    [Task, Idempotent]
    Task LikeAsync(string article, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ViewAsync(string article, string session, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task RetitleAsync(string article, string title, CancellationToken cancellationToken = default);
}

public sealed class ArticleCounterWorker(Container container) : IArticleCounters
{
    public async Task LikeAsync(string article, CancellationToken cancellationToken)
    {
        PatchOperation[] operations = [PatchOperation.Increment("/likes", 1)];
        await {|TT412:container.PatchItemAsync<ArticleDocument>(article, new PartitionKey(article), operations, cancellationToken: cancellationToken)|};
    }

    public async Task ViewAsync(string article, string session, CancellationToken cancellationToken)
    {
        PatchItemRequestOptions options = new() { FilterPredicate = $"FROM a WHERE a.lastSession <> '{session}'" };
        await container.PatchItemAsync<ArticleDocument>(
            article,
            new PartitionKey(article),
            [PatchOperation.Increment("/views", 1), PatchOperation.Set("/lastSession", session)],
            options,
            cancellationToken);
    }

    public async Task RetitleAsync(string article, string title, CancellationToken cancellationToken) =>
        await container.PatchItemAsync<ArticleDocument>(article, new PartitionKey(article), [PatchOperation.Set("/title", title.Trim())], cancellationToken: cancellationToken);
}
