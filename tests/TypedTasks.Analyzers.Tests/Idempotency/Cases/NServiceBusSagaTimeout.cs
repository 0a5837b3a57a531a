using Microsoft.EntityFrameworkCore;

// A saga's step: a state machine that only moves on from the state it expects.
public enum Stage
{
    Open,
    Reminded,
    Closed,
}

public sealed class Dunning
{
    public Guid Id { get; set; }
    public Stage Stage { get; set; }
}

public sealed class Ledger : DbContext
{
    public DbSet<Dunning> Dunnings => Set<Dunning>();
}

[TaskContract]
public interface IDunning
{
    [Task, Idempotent]
    Task RemindAsync(Guid dunning);
}

public sealed class DunningWorker(Ledger ledger) : IDunning
{
    public async Task RemindAsync(Guid dunning)
    {
        Dunning? found = await ledger.Dunnings.FindAsync(dunning);
        found!.Stage = found.Stage switch
        {
            Stage.Open => Stage.Reminded,
            var stage => stage,
        };
        await ledger.SaveChangesAsync();
    }
}
