// A provider's webhook: the state that comes is written down, and only a change of it is told.
using Microsoft.EntityFrameworkCore;

public enum Delivery
{
    Pending,
    Delivered,
    Bounced,
}

public sealed class OutgoingMail
{
    public string Id { get; set; } = "";
    public Delivery Delivery { get; set; }
    public string Owner { get; set; } = "";
}

public sealed class OutgoingMails : DbContext
{
    public DbSet<OutgoingMail> Mails => Set<OutgoingMail>();
}

public interface IBounceMailer
{
    Task SendBounceAsync(string owner, string mail);
}

[TaskContract]
public interface IMailEvents
{
    [Task, Idempotent]
    Task ApplyAsync(string mail, Delivery delivery, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ApplyAlwaysAsync(string mail, Delivery delivery, CancellationToken cancellationToken = default);
}

public sealed class MailEventWorker(OutgoingMails mails, IBounceMailer mailer) : IMailEvents
{
    public async Task ApplyAsync(string mail, Delivery delivery, CancellationToken cancellationToken)
    {
        OutgoingMail? found = await mails.Mails.FirstOrDefaultAsync(one => one.Id == mail, cancellationToken);
        if (found is null || found.Delivery == delivery)
        {
            return;
        }

        if (delivery == Delivery.Bounced)
        {
            await mailer.SendBounceAsync(found.Owner, mail);
        }

        found.Delivery = delivery;
        await mails.SaveChangesAsync(cancellationToken);
    }

    public async Task ApplyAlwaysAsync(string mail, Delivery delivery, CancellationToken cancellationToken)
    {
        OutgoingMail found = await mails.Mails.FirstAsync(one => one.Id == mail, cancellationToken);
        found.Delivery = delivery;
        await mails.SaveChangesAsync(cancellationToken);
        if (delivery == Delivery.Bounced)
        {
            await {|TT414:mailer.SendBounceAsync(found.Owner, mail)|};
        }
    }
}
