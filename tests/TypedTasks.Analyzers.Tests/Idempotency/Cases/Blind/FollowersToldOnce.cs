// The same with a scope for each follower, and a message that is told apart by its id.
using MassTransit;
using Microsoft.EntityFrameworkCore;

public sealed class FeedFollower
{
    public int Id { get; set; }
    public Guid Author { get; set; }
    public string Device { get; set; } = "";
}

public sealed class FeedFollowerContext : DbContext
{
    public DbSet<FeedFollower> Followers => Set<FeedFollower>();
}

public sealed record FeedEntryWritten(Guid Post, int Follower);

public interface IPushService
{
    Task SendAsync(string device, string title, CancellationToken cancellationToken);
}

[TaskContract]
public interface IFeedFanOut
{
    [Task, Idempotent]
    Task TellAsync(Guid author, Guid post, string title, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class FeedFanOutWorker(FeedFollowerContext followers, IPushService push, IPublishEndpoint publish) : IFeedFanOut
{
    public async Task TellAsync(Guid author, Guid post, string title, TaskContext context, CancellationToken cancellationToken)
    {
        List<FeedFollower> all = await followers.Followers.Where(one => one.Author == author).ToListAsync(cancellationToken);
        foreach (FeedFollower follower in all)
        {
            await context.OnceAsync($"push:{post}:{follower.Id}", async token => await push.SendAsync(follower.Device, title, token));
            await publish.Publish(new FeedEntryWritten(post, follower.Id), message => message.MessageId = IdOf(post, follower.Id), cancellationToken);
        }
    }

    private static Guid IdOf(Guid post, int follower)
    {
        byte[] hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{post}:{follower}"));
        return new Guid(hash.AsSpan(0, 16));
    }
}
