// A plan is copied with another state, by a domain that knows no setters.
public sealed record Plan(Guid Id, string State, int Revision);

public interface IPlanArchive
{
    Task<Plan?> FindAsync(Guid id, CancellationToken cancellationToken);

    Task SaveAsync(Plan plan, CancellationToken cancellationToken);
}

[TaskContract]
public interface IPlanStates
{
    [Task, Idempotent]
    Task CloseAsync(Guid plan, CancellationToken cancellationToken = default);
}

public sealed class PlanStateWorker(IPlanArchive plans) : IPlanStates
{
    public async Task CloseAsync(Guid plan, CancellationToken cancellationToken)
    {
        Plan? found = await plans.FindAsync(plan, cancellationToken);
        if (found is { State: "open" })
        {
            await plans.SaveAsync(found with { State = "closed", Revision = found.Revision + 1 }, cancellationToken);
        }
    }
}
