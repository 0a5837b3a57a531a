// A view is counted in one statement, whoever else counts: twice counted is twice there.
using Microsoft.EntityFrameworkCore;

public sealed class ArticleStats
{
    public int Id { get; set; }
    public int Views { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
}

public sealed class StatsContext : DbContext
{
    public DbSet<ArticleStats> Articles => Set<ArticleStats>();
}

[TaskContract]
public interface IArticleViews
{
    [Task, Idempotent]
    Task CountAsync(int article, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CloseAsync(int article, TaskContext context);
}

public sealed class ArticleViewWorker(StatsContext stats) : IArticleViews
{
    public async Task CountAsync(int article, CancellationToken cancellationToken) =>
        await {|TT412:stats.Articles.Where(one => one.Id == article).ExecuteUpdateAsync(set => set.SetProperty(one => one.Views, one => one.Views + 1), cancellationToken)|};

    public async Task CloseAsync(int article, TaskContext context) =>
        await stats.Articles.Where(one => one.Id == article).ExecuteUpdateAsync(set => set.SetProperty(one => one.ClosedAt, context.EnqueuedAt), context.CancellationToken);
}
