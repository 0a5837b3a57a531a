// RavenDB: a document without an id, one under its own, and a number that the server adds up.
using Raven.Client.Documents.Session;

public sealed class ServiceVisit
{
    public string? Id { get; set; }
    public string Machine { get; set; } = "";
    public string Engineer { get; set; } = "";
    public string Notes { get; set; } = "";
}

public sealed class MachineSummary
{
    public string Id { get; set; } = "";
    public string LastEngineer { get; set; } = "";
    public int Visits { get; set; }
}

[TaskContract]
public interface IServiceVisits
{
    [Task, Idempotent]
    Task RecordAsync(string machine, string engineer, string notes, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SummariseAsync(string machine, string engineer, CancellationToken cancellationToken = default);
}

public sealed class ServiceVisitWorker(Func<IAsyncDocumentSession> open) : IServiceVisits
{
    public async Task RecordAsync(string machine, string engineer, string notes, CancellationToken cancellationToken)
    {
        using IAsyncDocumentSession session = open();
        ServiceVisit visit = new() { Machine = machine, Engineer = engineer, Notes = notes.ReplaceLineEndings(" ") };
        await {|TT411:session.StoreAsync(visit, cancellationToken)|};
        {|TT412:session.Advanced.Increment<MachineSummary, int>($"machines/{machine}", summary => summary.Visits, 1)|};
        await session.SaveChangesAsync(cancellationToken);
    }

    public async Task SummariseAsync(string machine, string engineer, CancellationToken cancellationToken)
    {
        using IAsyncDocumentSession session = open();
        await session.StoreAsync(new MachineSummary { LastEngineer = engineer }, $"machines/{machine}", cancellationToken);
        await session.SaveChangesAsync(cancellationToken);
    }
}
