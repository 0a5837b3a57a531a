// The same without any mark: every subscriber is mailed by every attempt.
using Microsoft.EntityFrameworkCore;

public sealed class Subscriber
{
    public int Id { get; set; }
    public string Address { get; set; } = "";
    public bool Active { get; set; }
}

public sealed class SubscriberContext : DbContext
{
    public DbSet<Subscriber> Subscribers => Set<Subscriber>();
}

public interface IEmailService
{
    Task SendAsync(string to, string subject, string body, CancellationToken cancellationToken);
}

[TaskContract]
public interface INewsletterIssues
{
    [Task, Idempotent]
    Task SendAsync(Guid letter, string subject, string body, CancellationToken cancellationToken = default);
}

public sealed class NewsletterWorker(SubscriberContext context, IEmailService mail) : INewsletterIssues
{
    public async Task SendAsync(Guid letter, string subject, string body, CancellationToken cancellationToken)
    {
        List<Subscriber> active = await context.Subscribers.Where(one => one.Active).ToListAsync(cancellationToken);
        foreach (Subscriber[] some in active.Chunk(50))
        {
            await Task.WhenAll(some.Select(one => {|TT414:mail.SendAsync(one.Address, subject, body, cancellationToken)|}));
        }
    }
}
