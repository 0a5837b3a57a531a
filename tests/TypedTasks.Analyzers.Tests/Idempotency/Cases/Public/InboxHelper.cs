// An inbox behind a class of one's own: "has it been processed", "mark it".
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public sealed class ProcessedMessage
{
    public string Id { get; set; } = "";
    public string Consumer { get; set; } = "";
}

public sealed class CasesContext : DbContext
{
    public DbSet<ProcessedMessage> Inbox => Set<ProcessedMessage>();
}

public sealed class EfInbox(CasesContext context)
{
    public async Task<bool> HasProcessedAsync(string consumer, string id, CancellationToken stop) =>
        await context.Inbox.FindAsync([consumer, id], stop) is not null;

    public async Task MarkProcessedAsync(string consumer, string id, CancellationToken stop)
    {
        context.Inbox.Add(new ProcessedMessage { Id = id, Consumer = consumer });
        await context.SaveChangesAsync(stop);
    }
}

[TaskContract]
public interface ICaseAlerts
{
    [Task, Idempotent]
    Task RaiseAsync(string caseId, TaskContext context);
}

public sealed class CaseAlertWorker(EfInbox inbox, HttpClient http) : ICaseAlerts
{
    public async Task RaiseAsync(string caseId, TaskContext context)
    {
        string id = context.Id.ToString();
        if (await inbox.HasProcessedAsync(nameof(CaseAlertWorker), id, context.CancellationToken))
        {
            return;
        }

        (await http.PostAsync($"/alerts?case={caseId}", null, context.CancellationToken)).EnsureSuccessStatusCode();
        await inbox.MarkProcessedAsync(nameof(CaseAlertWorker), id, context.CancellationToken);
    }
}
