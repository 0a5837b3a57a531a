// Rows under the ids that the other side has given them: a second one under the same id fails, and is caught.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class FeedEntry
{
    public string Id { get; set; } = "";
    public string Title { get; set; } = "";
}

public sealed class FeedContext : DbContext
{
    public DbSet<FeedEntry> Entries => Set<FeedEntry>();
}

public interface IFeedReader
{
    IAsyncEnumerable<FeedEntry> ReadAsync(Uri feed, CancellationToken cancellationToken);
}

[TaskContract]
public interface IFeedImports
{
    [Task, Idempotent]
    Task ImportAsync(Uri feed, CancellationToken cancellationToken = default);
}

public sealed class FeedImportWorker(FeedContext context, IFeedReader reader, ILogger<FeedImportWorker> log) : IFeedImports
{
    public async Task ImportAsync(Uri feed, CancellationToken cancellationToken)
    {
        await foreach (FeedEntry entry in reader.ReadAsync(feed, cancellationToken))
        {
            context.Entries.Add(new FeedEntry { Id = entry.Id, Title = entry.Title });
            try
            {
                await context.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e)
            {
                log.LogDebug(e, "{Entry} is known", entry.Id);
            }
        }
    }
}
