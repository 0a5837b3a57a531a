// Who looks for the user, for the order's cancellation, or for the mail's address, has not looked for what was done.
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using MimeKit;

public sealed class Customer2
{
    public Guid Id { get; set; }
    public string? Address { get; set; }
    public bool IsCancelled { get; set; }
}

public sealed class Customer2Context : DbContext
{
    public DbSet<Customer2> Customers => Set<Customer2>();
}

[TaskContract]
public interface ICustomerMails
{
    [Task, Idempotent]
    Task MissingAsync(Guid customer, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CancelledAsync(Guid customer, CancellationToken cancellationToken = default);
}

public sealed class CustomerMailWorker(Customer2Context database, ISmtpClient smtp) : ICustomerMails
{
    public async Task MissingAsync(Guid customer, CancellationToken cancellationToken)
    {
        if (await database.Customers.FirstOrDefaultAsync(one => one.Id == customer, cancellationToken) is not { Address: { Length: > 0 } address })
        {
            return;
        }

        Console.WriteLine(address);
        await {|TT414:smtp.SendAsync(new MimeMessage(), cancellationToken)|};
    }

    public async Task CancelledAsync(Guid customer, CancellationToken cancellationToken)
    {
        Customer2 found = await database.Customers.SingleAsync(one => one.Id == customer, cancellationToken);
        if (found.IsCancelled)
        {
            return;
        }

        await {|TT414:smtp.SendAsync(new MimeMessage(), cancellationToken)|};
    }
}
