using System.Net.Mail;
using Microsoft.EntityFrameworkCore;

public sealed class Reminder
{
    public int Id { get; set; }
    public string Address { get; set; } = "";
    public bool IsSent { get; set; }
}

public sealed class Desk : DbContext
{
    public DbSet<Reminder> Reminders => Set<Reminder>();
}

[TaskContract]
public interface IReminders
{
    [Task, Idempotent]
    Task SendAsync(int reminder);
}

public sealed class ReminderWorker(Desk desk, SmtpClient smtp) : IReminders
{
    public async Task SendAsync(int reminder)
    {
        Reminder? found = await desk.Reminders.FindAsync(reminder);
        if (found is null)
        {
            throw new InvalidOperationException($"There is no reminder {reminder}.");
        }

        if (!found.IsSent)
        {
            await smtp.SendMailAsync("desk@example.com", found.Address, "Reminder", "…");
            found.IsSent = true;
            await desk.SaveChangesAsync();
        }
    }
}
