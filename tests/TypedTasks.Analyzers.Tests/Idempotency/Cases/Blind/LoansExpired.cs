// Loans that are over are closed, and whoever had them is told; the next run does not find them any more.
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using MimeKit;

public enum LoanStatus
{
    Active,
    Expired,
}

public sealed class Loan
{
    public int Id { get; set; }
    public string Reader { get; set; } = "";
    public LoanStatus Status { get; set; }
    public DateTimeOffset Until { get; set; }
}

public sealed class LibraryContext : DbContext
{
    public DbSet<Loan> Loans => Set<Loan>();
}

[TaskContract]
public interface ILoans
{
    [Task, Idempotent]
    Task ExpireAsync(DateOnly day, CancellationToken cancellationToken = default);
}

public sealed class LoanWorker(LibraryContext library, ISmtpClient smtp, TimeProvider time) : ILoans
{
    public async Task ExpireAsync(DateOnly day, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<Loan> over = await library.Loans.Where(loan => loan.Status == LoanStatus.Active && loan.Until < now).ToListAsync(cancellationToken);
        foreach (Loan loan in over)
        {
            loan.Status = LoanStatus.Expired;
        }

        await library.SaveChangesAsync(cancellationToken);
        foreach (Loan loan in over)
        {
            await smtp.SendAsync(new MimeMessage(), cancellationToken);
        }
    }
}
