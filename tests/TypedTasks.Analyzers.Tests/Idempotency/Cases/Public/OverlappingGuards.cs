// Several conditions at once, of which one tells that it was done.
using Microsoft.EntityFrameworkCore;

public sealed class Trial
{
    public Guid Id { get; set; }
    public bool IsDisabled { get; set; }
    public bool WasNotified { get; set; }
    public string? Email { get; set; }
}

public sealed class TrialContext : DbContext
{
    public DbSet<Trial> Trials => Set<Trial>();
}

public interface ITrialEmailSender
{
    Task SendEndingAsync(string address);
}

[TaskContract]
public interface ITrialNoticesOnce
{
    [Task, Idempotent]
    Task NotifyAsync(Guid trial, CancellationToken cancellationToken = default);
}

public sealed class TrialNoticeOnce(TrialContext context, ITrialEmailSender emails) : ITrialNoticesOnce
{
    public async Task NotifyAsync(Guid trial, CancellationToken cancellationToken)
    {
        Trial? found = await context.Trials.FindAsync([trial], cancellationToken);
        if (found is null or { IsDisabled: true } or { WasNotified: true } || found.Email is not { Length: > 0 } address)
        {
            return;
        }

        await emails.SendEndingAsync(address);
        found.WasNotified = true;
        await context.SaveChangesAsync(cancellationToken);
    }
}
