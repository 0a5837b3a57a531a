// A recurring job is put under its name, and old ones are removed.
using Hangfire;

public interface IDigestJob
{
    Task RunAsync(Guid tenant);
}

[TaskContract]
public interface IDigestSchedules
{
    [Task, Idempotent]
    Task ScheduleAsync(Guid tenant, string cron);
}

public sealed class DigestScheduleWorker(IRecurringJobManager jobs) : IDigestSchedules
{
    public Task ScheduleAsync(Guid tenant, string cron)
    {
        jobs.AddOrUpdate<IDigestJob>($"digest-{tenant}", job => job.RunAsync(tenant), cron);
        return Task.CompletedTask;
    }
}
