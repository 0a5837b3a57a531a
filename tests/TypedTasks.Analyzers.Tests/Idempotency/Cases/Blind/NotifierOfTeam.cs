// The notification service of an application, whose code is in another project.
public enum NotificationKind
{
    TrainingDone,
    TestReady,
}

public sealed class NotificationRequest
{
    public Guid User { get; set; }
    public NotificationKind Kind { get; set; }
    public bool Email { get; set; }
    public bool Sms { get; set; }
}

public interface INotificationService
{
    Task SendAsync(NotificationRequest request, CancellationToken cancellationToken = default);
}

[TaskContract]
public interface ITrainingNotices
{
    [Task, Idempotent]
    Task DoneAsync(Guid user, CancellationToken cancellationToken = default);
}

public sealed class TrainingNoticeWorker : ITrainingNotices
{
    private readonly INotificationService _notifications;

    public TrainingNoticeWorker(INotificationService notifications) => _notifications = notifications;

    public async Task DoneAsync(Guid user, CancellationToken cancellationToken)
    {
        await {|TT414:_notifications.SendAsync(
            new NotificationRequest
            {
                User = user,
                Kind = NotificationKind.TrainingDone,
                Email = true,
            },
            cancellationToken)|};
    }
}
