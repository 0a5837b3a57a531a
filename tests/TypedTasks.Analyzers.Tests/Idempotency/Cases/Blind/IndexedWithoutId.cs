// Documents of a search engine: one that numbers itself, and one under the article's own id.
using Elastic.Clients.Elasticsearch;

public sealed record ArticleDocument(string Number, string Title);

[TaskContract]
public interface IArticleDocuments
{
    [Task, Idempotent]
    Task AppendAsync(string number, string title, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task IndexAsync(string number, string title, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task DropAsync(string number, CancellationToken cancellationToken = default);
}

public sealed class ArticleIndexWorker(ElasticsearchClient elastic) : IArticleDocuments
{
    public async Task AppendAsync(string number, string title, CancellationToken cancellationToken)
    {
        IndexResponse response = await {|TT411:elastic.IndexAsync(new ArticleDocument(number, title), "articles", cancellationToken)|};
        if (!response.IsValidResponse)
        {
            throw new InvalidOperationException("The document was not indexed");
        }
    }

    public async Task IndexAsync(string number, string title, CancellationToken cancellationToken) =>
        await elastic.IndexAsync(new ArticleDocument(number, title), request => request.Index("articles").Id(number), cancellationToken);

    public async Task DropAsync(string number, CancellationToken cancellationToken) => await elastic.DeleteAsync("articles", number, cancellationToken);
}
