// A digest goes out if the user wants one; when the last one went is written down, but nobody looks at it.
using Microsoft.EntityFrameworkCore;

public sealed class Reader
{
    public int Id { get; set; }
    public string Email { get; set; } = "";
    public bool WantsDigest { get; set; }
    public DateTimeOffset? LastEmailedAt { get; set; }
}

public sealed class ReaderContext : DbContext
{
    public DbSet<Reader> Readers => Set<Reader>();
}

public interface IDigestMailer
{
    Task SendDigestAsync(string address, CancellationToken cancellationToken);
}

[TaskContract]
public interface IDigests
{
    [Task, Idempotent]
    Task SendAsync(int reader, CancellationToken cancellationToken = default);
}

public sealed class DigestWorker(ReaderContext context, IDigestMailer mailer, TimeProvider time) : IDigests
{
    public async Task SendAsync(int reader, CancellationToken cancellationToken)
    {
        Reader found = await context.Readers.FirstAsync(one => one.Id == reader, cancellationToken);
        if (!found.WantsDigest || string.IsNullOrEmpty(found.Email))
        {
            return;
        }

        await {|TT414:mailer.SendDigestAsync(found.Email, cancellationToken)|};
        found.LastEmailedAt = time.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
    }
}
