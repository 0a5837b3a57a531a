// An extension method, and a local function, say whether there is anything to do.
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using MimeKit;

public sealed class Welcome
{
    public Guid Id { get; set; }
    public DateTimeOffset? MailedAt { get; set; }
    public int Step { get; set; }
}

public static class WelcomeQuestions
{
    public static bool NeedsMail(this Welcome welcome)
    {
        return welcome.MailedAt is null;
    }
}

public sealed class WelcomeContext : DbContext
{
    public DbSet<Welcome> Welcomes => Set<Welcome>();
}

[TaskContract]
public interface IWelcomeMails
{
    [Task, Idempotent]
    Task MailAsync(Guid welcome, TaskContext context = null!);

    [Task, Idempotent]
    Task MailLocallyAsync(Guid welcome, TaskContext context = null!);
}

public sealed class WelcomeMailWorker(WelcomeContext database, ISmtpClient smtp) : IWelcomeMails
{
    public async Task MailAsync(Guid welcome, TaskContext context)
    {
        Welcome found = await database.Welcomes.SingleAsync(one => one.Id == welcome, context.CancellationToken);
        if (!found.NeedsMail())
        {
            return;
        }

        await smtp.SendAsync(new MimeMessage(), context.CancellationToken);
        found.MailedAt = context.EnqueuedAt;
        await database.SaveChangesAsync(context.CancellationToken);
    }

    public async Task MailLocallyAsync(Guid welcome, TaskContext context)
    {
        Welcome found = await database.Welcomes.SingleAsync(one => one.Id == welcome, context.CancellationToken);
        if (WasMailed(found))
        {
            return;
        }

        await smtp.SendAsync(new MimeMessage(), context.CancellationToken);
        found.MailedAt = context.EnqueuedAt;
        await database.SaveChangesAsync(context.CancellationToken);

        static bool WasMailed(Welcome one) => one.MailedAt.HasValue;
    }
}
