// Search engines that know a document by its key, and take a second one in place of the first.
using Azure.Search.Documents;
using Meilisearch;

public sealed record ArticleDocument(string Id, string Title, string[] Tags);

public static class Batches
{
    public static async Task InBatchesAsync<T>(this IEnumerable<T> all, int size, Func<T[], Task> each)
    {
        foreach (T[] batch in all.Chunk(size))
        {
            await each(batch);
        }
    }
}

[TaskContract]
public interface IMergedArticles
{
    [Task, Idempotent]
    Task IndexAsync(int[] articles, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task DropAsync(int article, CancellationToken cancellationToken = default);
}

public sealed class ArticleIndexWorker(SearchClient azure, MeilisearchClient meili) : IMergedArticles
{
    public async Task IndexAsync(int[] articles, CancellationToken cancellationToken)
    {
        IEnumerable<ArticleDocument> documents = articles.Select(id => new ArticleDocument($"article-{id}", $"Article {id}", []));
        await documents.InBatchesAsync(100, batch => azure.MergeOrUploadDocumentsAsync(batch, cancellationToken));
        await meili.Index("articles").AddDocumentsAsync(documents, "id", cancellationToken);
    }

    public Task DropAsync(int article, CancellationToken cancellationToken) => azure.DeleteDocumentsAsync("Id", [$"article-{article}"], cancellationToken);
}
