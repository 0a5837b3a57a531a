// A helper of another class counts up what the handler has loaded.
using Microsoft.EntityFrameworkCore;

public sealed class PageTally
{
    public string Page { get; set; } = "";
    public long Views { get; set; }
    public DateTimeOffset Last { get; set; }
}

public sealed class PageTallyContext : DbContext
{
    public DbSet<PageTally> Tallies => Set<PageTally>();
}

public static class Tallying
{
    public static void CountView(this PageTally tally, DateTimeOffset at)
    {
        tally.Views = tally.Views + 1;
        tally.Last = at;
    }
}

[TaskContract]
public interface IPageTallies
{
    [Task, Idempotent]
    Task CountAsync(string page, TaskContext context = null!);
}

public sealed class PageTallyWorker(PageTallyContext database) : IPageTallies
{
    public async Task CountAsync(string page, TaskContext context)
    {
        PageTally? tally = await database.Tallies.FindAsync(page);
        if (tally is null)
        {
            tally = new PageTally { Page = page };
            database.Tallies.Add(tally);
        }

        {|TT412:tally.CountView(context.EnqueuedAt)|};
        await database.SaveChangesAsync(context.CancellationToken);
    }
}
