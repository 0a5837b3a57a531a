// Steps behind interfaces, each with one class in this project; one of them appends to a log of its own.
using System.IO;
using System.Net.Http;

public interface IStepOne
{
    Task RunAsync(Guid id, CancellationToken cancellationToken);
}

public interface IStepTwo
{
    ValueTask RunAsync(Guid id, CancellationToken cancellationToken);
}

public sealed class PutStep(HttpClient http) : IStepOne
{
    public async Task RunAsync(Guid id, CancellationToken cancellationToken) => await http.PutAsync($"/steps/{id}", null, cancellationToken);
}

public sealed class JournalStep : IStepTwo
{
    public async ValueTask RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await using StreamWriter journal = new("journal.txt", append: true);
        await journal.WriteLineAsync(id.ToString());
    }
}

[TaskContract]
public interface IWorkflows
{
    [Task, Idempotent]
    Task RunAsync(Guid id, CancellationToken cancellationToken = default);
}

public sealed class WorkflowWorker(IStepOne one, IStepTwo two) : IWorkflows
{
    public async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await one.RunAsync(id, cancellationToken);
        await {|TT413:two.RunAsync(id, cancellationToken)|};
    }
}
