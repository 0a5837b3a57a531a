// "Not sent yet" as a date that is null, asked in several ways.
using Microsoft.EntityFrameworkCore;

public sealed class Newsflash
{
    public int Id { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }
}

public sealed class NewsflashContext : DbContext
{
    public DbSet<Newsflash> Flashes => Set<Newsflash>();
}

public interface IPushSender
{
    Task SendAsync(int flash, CancellationToken cancellationToken);
}

[TaskContract]
public interface INewsflashes
{
    [Task, Idempotent]
    Task SendAsync(int flash, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SendIfAsync(int flash, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SendIfApprovedAsync(int flash, CancellationToken cancellationToken = default);
}

public sealed class NewsflashWorker(NewsflashContext context, IPushSender push) : INewsflashes
{
    public async Task SendAsync(int flash, CancellationToken cancellationToken)
    {
        var found = await context.Flashes.FindAsync([flash], cancellationToken);
        if (found?.SentAt is not null)
        {
            return;
        }

        await push.SendAsync(flash, cancellationToken);
        found!.SentAt = DateTimeOffset.UtcNow;
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task SendIfAsync(int flash, CancellationToken cancellationToken)
    {
        Newsflash? found = await context.Flashes.FindAsync([flash], cancellationToken);
        if (found is { SentAt: null, ApprovedAt: not null })
        {
            await push.SendAsync(flash, cancellationToken);
            found.SentAt = DateTimeOffset.UtcNow;
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    public async Task SendIfApprovedAsync(int flash, CancellationToken cancellationToken)
    {
        Newsflash? found = await context.Flashes.FindAsync([flash], cancellationToken);
        if (found is { ApprovedAt: not null })
        {
            await {|TT414:push.SendAsync(flash, cancellationToken)|};
        }
    }
}
