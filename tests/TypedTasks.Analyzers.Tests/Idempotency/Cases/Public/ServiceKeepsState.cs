// A service that collects within itself and writes at the end: what it adds to is its own.
using System.IO;
using Microsoft.EntityFrameworkCore;

public sealed class SiteMapPage
{
    public int Id { get; set; }
    public string Slug { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
}

public sealed class SiteMapContext : DbContext
{
    public DbSet<SiteMapPage> Pages => Set<SiteMapPage>();
}

public sealed class SiteMapWriter
{
    private readonly List<string> _urls = [];
    private int _count;
    private string _last = "";

    public int Count => _count;

    public void Add(string url)
    {
        _urls.Add(url);
        _count++;
        _last = $"{_last} {url}";
    }

    public Task WriteAsync(string file, CancellationToken stop) => File.WriteAllLinesAsync(file, _urls, stop);
}

[TaskContract]
public interface ISiteMaps
{
    [Task, Idempotent]
    Task<int> WriteAsync(string host, CancellationToken cancellationToken = default);
}

public sealed class SiteMapWorker(SiteMapContext pages) : ISiteMaps
{
    public async Task<int> WriteAsync(string host, CancellationToken cancellationToken)
    {
        SiteMapWriter writer = new();
        DateTimeOffset newest = DateTimeOffset.MinValue;
        foreach (SiteMapPage page in await pages.Pages.ToListAsync(cancellationToken))
        {
            writer.Add($"https://{host}/{page.Slug}");
            newest = newest < page.ChangedAt ? page.ChangedAt : newest;
        }

        newest = newest.AddSeconds(1);
        await writer.WriteAsync($"sitemaps/{host}.xml", cancellationToken);
        await pages.SaveChangesAsync(cancellationToken);
        return writer.Count;
    }
}
