// Failures that are told: by another exception, by a result, by a state that is stored, to whoever waits.
using System.Net.Http;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Search;

public sealed class Document
{
    public Guid Id { get; set; }
    public string State { get; set; } = "";
}

public sealed class SearchContext : DbContext
{
    public DbSet<Document> Documents => Set<Document>();
}

public sealed record Outcome(bool IsDone, string? Error);

[TaskContract]
public interface ISearch
{
    [Task, Idempotent] Task SnoozedAsync(Guid document, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task ThrownAsync(Guid document);

    [Task, Idempotent] Task<Outcome> ToldAsync(Guid document);

    [Task, Idempotent] Task StoredAsync(Guid document);

    [Task, Idempotent] Task EachAsync(Guid[] documents);

    [Task, Idempotent] Task OneKindAsync(Guid document);
}

public sealed class SearchWorker(HttpClient http, SearchContext database, ILogger<SearchWorker> logger) : ISearch
{
    public async Task SnoozedAsync(Guid document, CancellationToken cancellationToken)
    {
        try
        {
            await http.PutAsync($"/index/{document}", null, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning(e, "Later");
            throw TaskContext.Snooze(TimeSpan.FromMinutes(1));
        }
    }

    public async Task ThrownAsync(Guid document)
    {
        try
        {
            await http.PutAsync($"/index/{document}", null);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Not indexed");
            ExceptionDispatchInfo.Capture(e).Throw();
        }
    }

    public async Task<Outcome> ToldAsync(Guid document)
    {
        try
        {
            await http.PutAsync($"/index/{document}", null);
            return new Outcome(true, null);
        }
        catch (Exception e)
        {
            return new Outcome(false, e.Message);
        }
    }

    public async Task StoredAsync(Guid document)
    {
        Document found = await database.Documents.SingleAsync(one => one.Id == document);
        try
        {
            await http.PutAsync($"/index/{document}", null);
            found.State = "indexed";
        }
        catch (Exception e)
        {
            logger.LogError(e, "Not indexed");
            found.State = "failed";
        }

        await database.SaveChangesAsync();
    }

    public async Task EachAsync(Guid[] documents)
    {
        List<Exception> failures = [];
        foreach (Guid document in documents)
        {
            try
            {
                await http.PutAsync($"/index/{document}", null);
            }
            catch (Exception e)
            {
                failures.Add(e);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    public async Task OneKindAsync(Guid document)
    {
        try
        {
            await http.DeleteAsync($"/index/{document}");
        }
        catch (HttpRequestException e) when (e.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Gone)
        {
            logger.LogInformation(e, "It was not there");
        }
    }
}
