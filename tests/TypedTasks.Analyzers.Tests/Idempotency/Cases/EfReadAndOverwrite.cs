using Microsoft.EntityFrameworkCore;

public sealed class Article
{
    public Guid Id { get; set; }
    public string Html { get; set; } = "";
    public string Markdown { get; set; } = "";
    public DateTime RenderedAt { get; set; }
}

public sealed class Cms : DbContext
{
    public DbSet<Article> Articles => Set<Article>();
}

[TaskContract]
public interface IArticles
{
    [Task, Idempotent]
    Task RenderAsync(Guid article);
}

public sealed class ArticleWorker(Cms cms) : IArticles
{
    public async Task RenderAsync(Guid article)
    {
        Article? found = await cms.Articles.FindAsync(article);
        if (found is null)
        {
            return;
        }

        found.Html = $"<p>{found.Markdown}</p>";
        found.RenderedAt = DateTime.UtcNow;
        await cms.SaveChangesAsync();
    }
}
