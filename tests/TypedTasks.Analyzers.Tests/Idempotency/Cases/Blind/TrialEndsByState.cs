// A state machine by switch expression over a tuple; what is there already stays as it is.
using Microsoft.EntityFrameworkCore;

public enum TrialState
{
    Running,
    Ended,
    Converted,
}

public sealed class Trial
{
    public Guid Id { get; set; }
    public TrialState State { get; set; }
    public bool HasCard { get; set; }
    public string? Plan { get; set; }
}

public sealed class TrialContext : DbContext
{
    public DbSet<Trial> Trials => Set<Trial>();
}

[TaskContract]
public interface ITrials
{
    [Task, Idempotent]
    Task EndAsync(Guid trial, CancellationToken cancellationToken = default);
}

public sealed class TrialWorker(IDbContextFactory<TrialContext> contexts) : ITrials
{
    public async Task EndAsync(Guid trial, CancellationToken cancellationToken)
    {
        await using TrialContext database = await contexts.CreateDbContextAsync(cancellationToken);
        if (await database.Trials.FirstOrDefaultAsync(one => one.Id == trial, cancellationToken) is not { } found)
        {
            return;
        }

        (found.State, found.Plan) = (found.State, found.HasCard) switch
        {
            (TrialState.Running, true) => (TrialState.Converted, "basic"),
            (TrialState.Running, false) => (TrialState.Ended, null),
            (var state, _) => (state, found.Plan),
        };
        await database.SaveChangesAsync(cancellationToken);
    }
}
