// A post is told to all followers: by mail from an own class, by a push service, by a message each.
using MailKit.Net.Smtp;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using MimeKit;

public sealed class PostFollower
{
    public int Id { get; set; }
    public Guid Author { get; set; }
    public string Address { get; set; } = "";
    public string Device { get; set; } = "";
}

public sealed class PostFollowerContext : DbContext
{
    public DbSet<PostFollower> Followers => Set<PostFollower>();
}

public sealed record PostWritten(Guid Post, int Follower);

public interface IPushService
{
    Task SendAsync(string device, string title, CancellationToken cancellationToken);
}

public sealed class FollowerMailer(ISmtpClient smtp)
{
    public async Task TellAsync(string address, string subject, CancellationToken cancellationToken)
    {
        MimeMessage message = new() { Subject = $"{subject} for {address}" };
        await smtp.SendAsync(message, cancellationToken);
    }
}

[TaskContract]
public interface IPostFanOut
{
    [Task, Idempotent]
    Task TellAsync(Guid author, Guid post, string title, CancellationToken cancellationToken = default);
}

public sealed class PostFanOutWorker(PostFollowerContext context, FollowerMailer mailer, IPushService push, IPublishEndpoint publish) : IPostFanOut
{
    public async Task TellAsync(Guid author, Guid post, string title, CancellationToken cancellationToken)
    {
        await foreach (PostFollower follower in context.Followers.Where(one => one.Author == author).AsAsyncEnumerable())
        {
            await {|TT414:mailer.TellAsync(follower.Address, title, cancellationToken)|};
            await {|TT414:push.SendAsync(follower.Device, title, cancellationToken)|};
            await {|TT416:publish.Publish(new PostWritten(post, follower.Id), cancellationToken)|};
        }
    }
}
