// Switches over what the task brings, and one whose arms leave only the switch.
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using MimeKit;

public sealed class Circular
{
    public Guid Id { get; set; }
    public string Address { get; set; } = "";
    public DateTimeOffset? SentAt { get; set; }
}

public sealed class CircularContext : DbContext
{
    public DbSet<Circular> Circulars => Set<Circular>();
}

[TaskContract]
public interface ICirculars
{
    [Task, Idempotent]
    Task ByArgumentAsync(string? kind);

    [Task, Idempotent]
    Task AfterBreakAsync(Guid circular, TaskContext context);
}

public sealed class CircularWorker(CircularContext database, ISmtpClient smtp) : ICirculars
{
    public async Task ByArgumentAsync(string? kind)
    {
        switch (kind)
        {
            case null or "":
                return;
            case "weekly":
                await {|TT414:smtp.SendAsync(new MimeMessage { Subject = "This week" })|};
                break;
        }

        await {|TT414:smtp.SendAsync(new MimeMessage { Subject = "Today" })|};
    }

    public async Task AfterBreakAsync(Guid circular, TaskContext context)
    {
        Circular found = await database.Circulars.SingleAsync(one => one.Id == circular);
        string subject = "";
        switch (found)
        {
            case { SentAt: not null }:
                subject = "Once more";
                break;
            default:
                subject = "News";
                break;
        }

        await {|TT414:smtp.SendAsync(new MimeMessage { Subject = subject })|};
        found.SentAt = context.EnqueuedAt;
        await database.SaveChangesAsync();
    }
}
