// Rebus, NServiceBus, Wolverine, CAP, Hangfire, ABP, Azure's queues: sent again, handled again.
using Azure.Storage.Queues;
using DotNetCore.CAP;
using Hangfire;
using NServiceBus;
using Rebus.Bus;
using Volo.Abp.BackgroundJobs;
using Wolverine;

public sealed record PayoutReady(string Case);

public interface IPayoutMailJob
{
    Task SendAsync(string payout);
}

[TaskContract]
public interface IPayouts
{
    [Task, Idempotent]
    Task FinishAsync(string payout, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task TellAsync(string payout, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PlanAsync(string payout);
}

public sealed class PayoutWorker(IBus rebus, IMessageSession session, IMessageBus wolverine, ICapPublisher cap, IBackgroundJobClient hangfire, IRecurringJobManager recurring, IBackgroundJobManager abp, QueueClient queue) : IPayouts
{
    public async Task FinishAsync(string payout, CancellationToken cancellationToken)
    {
        await {|TT416:rebus.DeferLocal(TimeSpan.FromSeconds(20), new PayoutReady(payout))|};
        await {|TT416:session.Publish(new PayoutReady(payout))|};
        await {|TT416:wolverine.ScheduleAsync(new PayoutReady(payout), TimeSpan.FromMinutes(1))|};
        cancellationToken.ThrowIfCancellationRequested();
    }

    public async Task TellAsync(string payout, CancellationToken cancellationToken)
    {
        await {|TT416:cap.PublishAsync("payouts.ready", new PayoutReady(payout), cancellationToken: cancellationToken)|};
        {|TT416:hangfire.Enqueue<IPayoutMailJob>(job => job.SendAsync(payout))|};
        await {|TT416:abp.EnqueueAsync(new PayoutReady(payout))|};
        await {|TT416:queue.SendMessageAsync(payout, cancellationToken)|};
    }

    public Task PlanAsync(string payout)
    {
        recurring.AddOrUpdate<IPayoutMailJob>($"payout-{payout}", job => job.SendAsync(payout), "0 8 * * *");
        return Task.CompletedTask;
    }
}
