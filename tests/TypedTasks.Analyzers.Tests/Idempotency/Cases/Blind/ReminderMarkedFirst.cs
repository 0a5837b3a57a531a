// Mail of appointments: those that are reminded are left out, and each is marked and saved at once after its mail.
using Microsoft.EntityFrameworkCore;

public sealed class Appointment
{
    public int Id { get; set; }
    public string Address { get; set; } = "";
    public DateTime At { get; set; }
    public bool ReminderSent { get; set; }
}

public sealed class AppointmentContext : DbContext
{
    public DbSet<Appointment> Appointments => Set<Appointment>();
}

public interface IEmailService
{
    Task SendAsync(string to, string subject, string body, CancellationToken cancellationToken);
}

[TaskContract]
public interface IAppointmentReminders
{
    [Task, Idempotent]
    Task RemindAsync(DateOnly day, CancellationToken cancellationToken = default);
}

public sealed class AppointmentReminderWorker(AppointmentContext context, IEmailService mail) : IAppointmentReminders
{
    public async Task RemindAsync(DateOnly day, CancellationToken cancellationToken)
    {
        DateTime from = day.ToDateTime(TimeOnly.MinValue);
        List<Appointment> due = await context.Appointments
            .Where(one => one.At >= from && one.At < from.AddDays(1) && !one.ReminderSent)
            .ToListAsync(cancellationToken);
        foreach (Appointment appointment in due)
        {
            await mail.SendAsync(appointment.Address, "Your appointment", $"at {appointment.At:t}", cancellationToken);
            appointment.ReminderSent = true;
            await context.SaveChangesAsync(cancellationToken);
        }
    }
}
