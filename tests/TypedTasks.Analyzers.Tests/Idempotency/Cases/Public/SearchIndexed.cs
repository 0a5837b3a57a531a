// The document is put into the index, or taken out when it is gone.
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

public sealed class Article
{
    public int Id { get; set; }
    public string Title { get; set; } = "";
    public bool IsPublished { get; set; }
}

public sealed class ArticleContext : DbContext
{
    public DbSet<Article> Articles => Set<Article>();
}

[TaskContract]
public interface IArticleIndex
{
    [Task, Idempotent]
    Task IndexAsync(int article, CancellationToken cancellationToken = default);
}

public sealed class ArticleIndexWorker(ArticleContext context, IHttpClientFactory clients) : IArticleIndex
{
    public async Task IndexAsync(int article, CancellationToken cancellationToken)
    {
        using HttpClient search = clients.CreateClient("search");
        Article? found = await context.Articles.AsNoTracking().SingleOrDefaultAsync(one => one.Id == article, cancellationToken);
        HttpResponseMessage response = found is { IsPublished: true }
            ? await search.PutAsJsonAsync($"/articles/_doc/{article}", new { found.Title }, cancellationToken)
            : await search.DeleteAsync($"/articles/_doc/{article}", cancellationToken);
        using (response)
        {
            if (response.StatusCode is not HttpStatusCode.NotFound)
            {
                response.EnsureSuccessStatusCode();
            }
        }
    }
}
