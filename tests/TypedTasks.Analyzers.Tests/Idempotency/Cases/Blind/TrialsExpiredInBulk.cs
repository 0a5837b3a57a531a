// Trials that are over are ended in one statement, old ones are deleted in another, and what is left is counted for the log.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public enum TrialState
{
    Running,
    Over,
}

public sealed class ProductTrial
{
    public Guid Id { get; set; }
    public TrialState State { get; set; }
    public DateTimeOffset EndsAt { get; set; }
    public int Revision { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

public sealed class TrialContext : DbContext
{
    public DbSet<ProductTrial> Trials => Set<ProductTrial>();
}

[TaskContract]
public interface ITrialSweeps
{
    [Task(MaxAttempts = 3), Idempotent]
    Task<int> SweepAsync(DateTimeOffset asOf, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class TrialSweepWorker(TrialContext database, ILogger<TrialSweepWorker> log) : ITrialSweeps
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public async Task<int> SweepAsync(DateTimeOffset asOf, TaskContext context, CancellationToken cancellationToken)
    {
        DateTimeOffset oldest = asOf - Kept;
        int ended = await database.Trials
            .Where(trial => trial.State == TrialState.Running && trial.EndsAt < asOf)
            .ExecuteUpdateAsync(
                setters => setters
                    .SetProperty(trial => trial.State, TrialState.Over)
                    .SetProperty(trial => trial.EndedAt, (DateTimeOffset?)asOf)
                    .SetProperty(trial => trial.Revision, trial => trial.Revision + 1),
                cancellationToken);
        int deleted = await database.Trials
            .Where(trial => trial.State == TrialState.Over && trial.EndedAt < oldest)
            .ExecuteDeleteAsync(cancellationToken);
        int running = await database.Trials.CountAsync(trial => trial.State == TrialState.Running, cancellationToken);
        log.LogInformation("Attempt {Attempt}: {Ended} ended, {Deleted} deleted, {Running} left", context.Attempt, ended, deleted, running);
        return running;
    }
}
