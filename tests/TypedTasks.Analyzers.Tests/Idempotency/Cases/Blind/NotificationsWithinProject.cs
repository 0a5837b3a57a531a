// A notification with two handlers in the project: one overwrites, one counts.
using MediatR;
using StackExchange.Redis;

public sealed record PageSeen(string Page) : INotification;

public sealed class LastSeenHandler(IDatabase redis) : INotificationHandler<PageSeen>
{
    public async Task Handle(PageSeen notification, CancellationToken cancellationToken) => await redis.StringSetAsync("last", notification.Page);
}

public sealed class CountHandler(IDatabase redis) : INotificationHandler<PageSeen>
{
    public async Task Handle(PageSeen notification, CancellationToken cancellationToken) => await redis.StringIncrementAsync($"seen:{notification.Page}");
}

[TaskContract]
public interface IPageViews
{
    [Task, Idempotent]
    Task SeenAsync(string page, CancellationToken cancellationToken = default);
}

public sealed class PageViewWorker(IPublisher publisher) : IPageViews
{
    public Task SeenAsync(string page, CancellationToken cancellationToken) => {|TT412:publisher.Publish(new PageSeen(page), cancellationToken)|};
}
