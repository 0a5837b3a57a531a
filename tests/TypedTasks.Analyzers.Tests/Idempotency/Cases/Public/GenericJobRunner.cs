// A generic base that saves for all its jobs; each job only says what it does with the context.
using Microsoft.EntityFrameworkCore;

public abstract class UnitOfWorkJob<TContext>(TContext context)
    where TContext : DbContext
{
    protected async Task RunAsync(Func<TContext, Task> work, CancellationToken cancellationToken)
    {
        await work(context);
        await context.SaveChangesAsync(cancellationToken);
    }
}

public sealed class NewsItem
{
    public int Id { get; set; }
    public string Title { get; set; } = "";
    public bool IsVisible { get; set; }
}

public sealed class NewsContext : DbContext
{
    public DbSet<NewsItem> Items => Set<NewsItem>();
}

[TaskContract]
public interface INewsJobs
{
    [Task, Idempotent]
    Task PublishAsync(int item, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task WriteAsync(string title, CancellationToken cancellationToken = default);
}

public sealed class NewsJobs(NewsContext news) : UnitOfWorkJob<NewsContext>(news), INewsJobs
{
    public Task PublishAsync(int item, CancellationToken cancellationToken) => RunAsync(
        async context =>
        {
            NewsItem found = await context.Items.SingleAsync(one => one.Id == item, cancellationToken);
            found.IsVisible = true;
        },
        cancellationToken);

    public Task WriteAsync(string title, CancellationToken cancellationToken) => RunAsync(
        async context =>
        {
            await {|TT411:context.Items.AddAsync(new NewsItem { Title = title }, cancellationToken)|};
        },
        cancellationToken);
}
