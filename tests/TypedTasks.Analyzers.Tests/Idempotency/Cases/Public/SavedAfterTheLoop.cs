// All are mailed, and all are marked at the end: one that fails makes all before it go out again.
using Microsoft.EntityFrameworkCore;

public sealed class Reminder
{
    public int Id { get; set; }
    public bool IsSent { get; set; }
    public string Address { get; set; } = "";
}

public sealed class ReminderContext : DbContext
{
    public DbSet<Reminder> Reminders => Set<Reminder>();
}

public interface IReminderMailer
{
    Task SendAsync(string address);
}

[TaskContract]
public interface IReminderRounds
{
    [Task, Idempotent]
    Task SendAsync(CancellationToken cancellationToken = default);
}

public sealed class ReminderRoundWorker(ReminderContext context, IReminderMailer mailer) : IReminderRounds
{
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        List<Reminder> due = await context.Reminders.Where(one => !one.IsSent).ToListAsync(cancellationToken);
        foreach (Reminder reminder in due)
        {
            await {|TT414:mailer.SendAsync(reminder.Address)|};
            reminder.IsSent = true;
        }

        await context.SaveChangesAsync(cancellationToken);
    }
}
