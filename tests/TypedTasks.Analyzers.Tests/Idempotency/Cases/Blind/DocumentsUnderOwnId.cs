// Documents of a search engine, each under the id that the article has.
using Elastic.Clients.Elasticsearch;
using Microsoft.EntityFrameworkCore;

public sealed class SearchableBook
{
    public int Id { get; set; }
    public string Title { get; set; } = "";
    public bool Hidden { get; set; }
}

public sealed class BookContext : DbContext
{
    public DbSet<SearchableBook> Books => Set<SearchableBook>();
}

public sealed record BookDocument(string Id, string Title);

[TaskContract]
public interface IBookSearch
{
    [Task, Idempotent]
    Task IndexAsync(int book, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ReindexAsync(CancellationToken cancellationToken = default);
}

public sealed class BookSearchWorker(BookContext context, ElasticsearchClient elastic) : IBookSearch
{
    public async Task IndexAsync(int book, CancellationToken cancellationToken)
    {
        SearchableBook? found = await context.Books.AsNoTracking().FirstOrDefaultAsync(one => one.Id == book, cancellationToken);
        if (found is null or { Hidden: true })
        {
            await elastic.DeleteAsync("books", book.ToString(), cancellationToken);
            return;
        }

        await elastic.IndexAsync(new BookDocument(found.Id.ToString(), found.Title), "books", cancellationToken);
    }

    public async Task ReindexAsync(CancellationToken cancellationToken)
    {
        await foreach (SearchableBook book in context.Books.AsNoTracking().AsAsyncEnumerable())
        {
            await elastic.IndexAsync(new { book.Title }, "books", book.Id.ToString(), cancellationToken);
        }
    }
}
