// A disabled account is not an account that was told.
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
public interface ITrialEndings
{
    [Task, Idempotent]
    Task NotifyUnguardedAsync(Guid trial, CancellationToken cancellationToken = default);
}

public sealed class TrialEndingWorker(TrialContext context, ITrialEmailSender emails) : ITrialEndings
{
    public async Task NotifyUnguardedAsync(Guid trial, CancellationToken cancellationToken)
    {
        Trial? found = await context.Trials.FindAsync([trial], cancellationToken);
        if (found is null or { IsDisabled: true } || found.Email is not { Length: > 0 } address)
        {
            return;
        }

        await {|TT414:emails.SendEndingAsync(address)|};
    }
}
