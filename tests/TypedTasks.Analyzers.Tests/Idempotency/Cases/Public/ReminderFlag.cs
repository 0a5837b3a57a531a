// Reminders for events that begin soon: the query asks for those without a reminder, and the flag is set after the mail.
using Microsoft.EntityFrameworkCore;

public sealed class Meeting
{
    public Guid Id { get; set; }
    public bool IsReminderSent { get; set; }
    public DateTimeOffset Start { get; set; }
    public List<string> Guests { get; set; } = [];
}

public sealed class MeetingContext : DbContext
{
    public DbSet<Meeting> Meetings => Set<Meeting>();
}

public interface IMeetingMailer
{
    Task SendReminderAsync(string guest, Guid meeting);
}

[TaskContract]
public interface IMeetingReminders
{
    [Task, Idempotent]
    Task RemindAsync(Guid meeting, CancellationToken cancellationToken = default);
}

public sealed class MeetingReminderWorker(MeetingContext context, IMeetingMailer mailer) : IMeetingReminders
{
    public async Task RemindAsync(Guid meeting, CancellationToken cancellationToken)
    {
        Meeting? found = await context.Meetings.SingleOrDefaultAsync(one => one.Id == meeting, cancellationToken);
        if (found is null || found.IsReminderSent)
        {
            return;
        }

        foreach (string guest in found.Guests)
        {
            await mailer.SendReminderAsync(guest, meeting);
        }

        found.IsReminderSent = true;
        await context.SaveChangesAsync(cancellationToken);
    }
}
