// Queues by constants, one of them by a name that nobody has declared.
public static class ShopQueues
{
    [TaskQueue]
    public const string Mail = "shop-mail";

    [TaskQueue]
    public const string Reports = "shop-reports";
}

[TaskContract(Queue = ShopQueues.Mail)]
public interface IQueuedMails
{
    [Task, Idempotent]
    Task CheckAsync(Guid mail);

    [Task(Queue = ShopQueues.Reports), Idempotent]
    Task ReportAsync(Guid mail);

    [Task(Queue = {|TT201:"shop-report"|}), Idempotent]
    Task ReportWrongAsync(Guid mail);
}

public sealed class QueuedMailWorker : IQueuedMails
{
    public Task CheckAsync(Guid mail) => Task.CompletedTask;

    public Task ReportAsync(Guid mail) => Task.CompletedTask;

    public Task ReportWrongAsync(Guid mail) => Task.CompletedTask;
}
