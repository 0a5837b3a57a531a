// What is older than a day is asked for by the clock, and written back under its own name.
using System.IO;
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public sealed class PreviewCard
{
    public int Id { get; set; }
    public string Url { get; set; } = "";
    public DateTimeOffset FetchedAt { get; set; }
}

public sealed class PreviewContext : DbContext
{
    public DbSet<PreviewCard> Cards => Set<PreviewCard>();
}

public interface IMediaArchive
{
    Task<IReadOnlyList<PreviewCard>> FindOlderThanAsync(DateTimeOffset moment, CancellationToken cancellationToken);
}

[TaskContract]
public interface IPreviews
{
    [Task, Idempotent]
    Task RefreshAsync(CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ArchiveAsync(CancellationToken cancellationToken = default);
}

public sealed class PreviewWorker(PreviewContext context, IMediaArchive archive, HttpClient http) : IPreviews
{
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset yesterday = DateTimeOffset.UtcNow.AddDays(-1);
        foreach (PreviewCard card in await context.Cards.Where(one => one.FetchedAt < yesterday).OrderBy(one => one.Id).Take(100).ToListAsync(cancellationToken))
        {
            await File.WriteAllTextAsync($"previews/{card.Id}.html", await http.GetStringAsync(card.Url, cancellationToken), cancellationToken);
        }
    }

    public async Task ArchiveAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PreviewCard> old = await archive.FindOlderThanAsync(DateTimeOffset.UtcNow.AddDays(-30), cancellationToken);
        foreach (PreviewCard card in old)
        {
            await http.PutAsync($"/archive/{card.Id}", new StringContent(card.Url), cancellationToken);
        }
    }
}
