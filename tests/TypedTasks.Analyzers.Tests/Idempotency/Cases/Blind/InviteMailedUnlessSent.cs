// An invitation is mailed unless the row says that it was, and the row says so afterwards.
using Microsoft.EntityFrameworkCore;
using SendGrid;
using SendGrid.Helpers.Mail;

public sealed class TeamInvite
{
    public Guid Id { get; set; }
    public string Address { get; set; } = "";
    public string TeamName { get; set; } = "";
    public DateTimeOffset? SentAt { get; set; }
    public bool Withdrawn { get; set; }
}

public sealed class TeamInviteContext : DbContext
{
    public DbSet<TeamInvite> Invites => Set<TeamInvite>();
}

[TaskContract]
public interface IInvitationMails
{
    [Task, Idempotent]
    Task MailAsync(Guid invite, CancellationToken cancellationToken = default);
}

public sealed class TeamInviteWorker(TeamInviteContext context, ISendGridClient mail, TimeProvider clock) : IInvitationMails
{
    public async Task MailAsync(Guid invite, CancellationToken cancellationToken)
    {
        TeamInvite? found = await context.Invites.SingleOrDefaultAsync(one => one.Id == invite, cancellationToken);
        switch (found)
        {
            case null:
            case { Withdrawn: true }:
            case { SentAt: not null }:
                return;
        }

        SendGridMessage message = new() { Subject = $"Join {found.TeamName}" };
        message.AddTo(found.Address);
        await mail.SendEmailAsync(message, cancellationToken);
        found.SentAt = clock.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
    }
}
