// Questions whose answers say nothing of what was done: what the row is, and how old.
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using MimeKit;

public enum TierKind
{
    Free,
    Paid,
}

public sealed class TierUser
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public int Age { get; set; }

    public bool IsAdult => Age >= 18;
}

public sealed class TierUserContext : DbContext
{
    public DbSet<TierUser> Users => Set<TierUser>();
}

[TaskContract]
public interface ITierMails
{
    [Task, Idempotent]
    Task MailAsync(Guid user, CancellationToken cancellationToken = default);
}

public sealed class TierMailWorker(TierUserContext database, ISmtpClient smtp) : ITierMails
{
    public async Task MailAsync(Guid user, CancellationToken cancellationToken)
    {
        TierUser found = await database.Users.SingleAsync(one => one.Id == user, cancellationToken);
        if (!found.IsAdult || !HasName(found))
        {
            return;
        }

        await {|TT414:smtp.SendAsync(new MimeMessage(), cancellationToken)|};
    }

    private static bool HasName(TierUser user) => user.Name.Length > 0;
}
