// Under a lock, and only unless the flag in the row says that it was done.
using MailKit.Net.Smtp;
using Medallion.Threading;
using Microsoft.EntityFrameworkCore;
using MimeKit;

public sealed class Enrolment
{
    public Guid Id { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }
}

public sealed class EnrolmentContext : DbContext
{
    public DbSet<Enrolment> Enrolments => Set<Enrolment>();
}

[TaskContract]
public interface IEnrolments
{
    [Task, Idempotent]
    Task ConfirmAsync(Guid enrolment, TaskContext context = null!);
}

public sealed class EnrolmentWorker(EnrolmentContext database, IDistributedLockProvider locks, ISmtpClient smtp) : IEnrolments
{
    public async Task ConfirmAsync(Guid enrolment, TaskContext context)
    {
        await using IDistributedSynchronizationHandle? handle = await locks.TryAcquireLockAsync($"enrolment:{enrolment}", cancellationToken: context.CancellationToken);
        if (handle is null)
        {
            throw TaskContext.Snooze(TimeSpan.FromSeconds(1));
        }

        Enrolment found = await database.Enrolments.SingleAsync(one => one.Id == enrolment, context.CancellationToken);
        if (found.ConfirmedAt is { } at)
        {
            Console.WriteLine($"confirmed at {at}");
            return;
        }

        await smtp.SendAsync(new MimeMessage(), context.CancellationToken);
        found.ConfirmedAt = context.EnqueuedAt;
        await database.SaveChangesAsync(context.CancellationToken);
    }
}
