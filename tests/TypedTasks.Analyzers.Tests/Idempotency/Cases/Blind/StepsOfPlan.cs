// Steps behind one interface are run in turn; one of them announces.
using System.Net.Http;

public interface IPlanStep
{
    ValueTask ExecuteAsync(Guid plan, CancellationToken cancellationToken);
}

public sealed class StorePlan(HttpClient http) : IPlanStep
{
    public async ValueTask ExecuteAsync(Guid plan, CancellationToken cancellationToken) => await http.PutAsync($"/plans/{plan}", null, cancellationToken);
}

public sealed class AnnouncePlan(HttpClient http) : IPlanStep
{
    public async ValueTask ExecuteAsync(Guid plan, CancellationToken cancellationToken) => await http.PostAsync($"/plans/{plan}/announcements", null, cancellationToken);
}

[TaskContract]
public interface IPlanRuns
{
    [Task, Idempotent]
    Task RunAsync(Guid plan, CancellationToken cancellationToken = default);
}

public sealed class PlanRunWorker(IEnumerable<IPlanStep> steps) : IPlanRuns
{
    public async Task RunAsync(Guid plan, CancellationToken cancellationToken)
    {
        foreach (IPlanStep step in steps)
        {
            await {|TT410:step.ExecuteAsync(plan, cancellationToken)|};
        }
    }
}
