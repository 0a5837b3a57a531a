// A job that starts others: by Hangfire, by a queue of the team's own, and by tasks that may be started twice.
using Hangfire;

public interface IEmailJob
{
    Task SendAsync(Guid user);
}

public interface IBackgroundQueue
{
    Task EnqueueAsync(string name, string payload, CancellationToken cancellationToken);
}

public interface IJobQueue
{
    Task EnqueueAsync(string name, string payload, CancellationToken cancellationToken);
}

[TaskContract]
public interface IProfileUpdates
{
    [Task, Idempotent]
    Task UpdatedAsync(Guid user, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ReindexAsync(Guid user);
}

public sealed class ProfileUpdateWorker(IBackgroundJobClient jobs, IJobQueue queue, ITaskClient<IProfileUpdates> tasks) : IProfileUpdates
{
    public async Task UpdatedAsync(Guid user, CancellationToken cancellationToken)
    {
        {|TT416:jobs.Enqueue<IEmailJob>(job => job.SendAsync(user))|};
        await {|TT416:queue.EnqueueAsync("profile", user.ToString(), cancellationToken)|};
        await tasks.ReindexAsync(user, cancellationToken: cancellationToken);
    }

    public Task ReindexAsync(Guid user) => Task.CompletedTask;
}
