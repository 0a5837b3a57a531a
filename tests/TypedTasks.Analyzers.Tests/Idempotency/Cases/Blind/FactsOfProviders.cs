// Names that sound like doing, and are asked.
public interface IRefundPolicies
{
    Task<bool> AllowsRefundAsync(Guid order);
}

public interface IMailStatistics
{
    Task<int> SentAsync(string campaign);
}

public interface IWebhookCatalogue
{
    Task<IReadOnlyList<string>> TopicsAsync(string tenant);
}

public interface IQueueInspector
{
    Task<int> LengthAsync(string queue);
}

[TaskContract]
public interface IOverviews
{
    [Task, Idempotent]
    ValueTask<string> MakeAsync(string tenant, Guid order);
}

public sealed class OverviewWorker(IRefundPolicies refunds, IMailStatistics mails, IWebhookCatalogue webhooks, IQueueInspector queues) : IOverviews
{
    public async ValueTask<string> MakeAsync(string tenant, Guid order)
    {
        bool allowed = await refunds.AllowsRefundAsync(order);
        int sent = await mails.SentAsync(tenant);
        IReadOnlyList<string> topics = await webhooks.TopicsAsync(tenant);
        return $"{allowed} {sent} {topics.Count} {await queues.LengthAsync(tenant)}";
    }
}
