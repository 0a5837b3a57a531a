// Everything of a user is deleted: rows, files, documents, a remote account.
using System.IO;
using System.Net;
using System.Net.Http;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

public sealed class Visit
{
    public int Id { get; set; }
    public Guid User { get; set; }
}

public sealed class VisitContext : DbContext
{
    public DbSet<Visit> Visits => Set<Visit>();
}

[TaskContract]
public interface IErasure
{
    [Task(Backoff = "10s..10m", MaxAttempts = 20), Idempotent]
    Task EraseAsync(Guid user, CancellationToken cancellationToken = default);
}

public sealed class ErasureWorker(VisitContext context, HttpClient http, IDatabase redis) : IErasure
{
    public async Task EraseAsync(Guid user, CancellationToken cancellationToken)
    {
        await context.Visits.Where(visit => visit.User == user).ExecuteDeleteAsync(cancellationToken);
        await redis.KeyDeleteAsync($"session:{user}");
        string folder = Path.Combine("uploads", user.ToString("N"));
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        using HttpResponseMessage response = await http.DeleteAsync($"accounts/{user}", cancellationToken);
        if (response.StatusCode is not HttpStatusCode.NotFound)
        {
            response.EnsureSuccessStatusCode();
        }
    }
}
