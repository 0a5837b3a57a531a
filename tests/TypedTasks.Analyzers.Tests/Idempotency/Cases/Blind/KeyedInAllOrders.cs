// Tasks with keys: what comes last may be done twice after a crash, what is followed is done twice after a failure.
using System.Net.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class KeyedEntry
{
    public int Id { get; set; }
    public Guid Order { get; set; }
    public string State { get; set; } = "";
}

public sealed class KeyedEntryContext : DbContext
{
    public DbSet<KeyedEntry> Entries => Set<KeyedEntry>();
}

[TaskContract]
public interface IKeyedEntries
{
    [Task, Idempotent(Key = nameof(order))]
    Task LastAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent(Key = nameof(order))]
    Task FollowedAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent(Key = nameof(order))]
    Task EachAsync(Guid order, string[] receivers, CancellationToken cancellationToken = default);

    [Task, Idempotent(Key = nameof(order))]
    Task EitherAsync(Guid order, bool isNew, CancellationToken cancellationToken = default);

    [Task, Idempotent(Key = nameof(order))]
    Task RowAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent(Key = nameof(order))]
    Task ScopedAsync(Guid order, TaskContext context = null!);
}

public sealed class KeyedEntryWorker(HttpClient http, KeyedEntryContext database, ILogger<KeyedEntryWorker> logger) : IKeyedEntries
{
    public async Task LastAsync(Guid order, CancellationToken cancellationToken)
    {
        await http.PutAsync($"/orders/{order}", null, cancellationToken);
        await {|TT422:http.PostAsync($"/orders/{order}/notices", null, cancellationToken)|};
        logger.LogInformation("{Order} is told", order);
    }

    public async Task FollowedAsync(Guid order, CancellationToken cancellationToken)
    {
        KeyedEntry entry = await database.Entries.FirstAsync(one => one.Order == order, cancellationToken);
        await {|TT423:http.PostAsync($"/orders/{order}/charges", null, cancellationToken)|};
        entry.State = "charged";
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task EachAsync(Guid order, string[] receivers, CancellationToken cancellationToken)
    {
        foreach (string receiver in receivers)
        {
            await {|TT423:http.PostAsync($"/receivers/{receiver}/notices", null, cancellationToken)|};
        }
    }

    public async Task EitherAsync(Guid order, bool isNew, CancellationToken cancellationToken)
    {
        if (isNew)
        {
            await {|TT422:http.PostAsync($"/orders?of={order}", null, cancellationToken)|};
            return;
        }

        await http.PutAsync($"/orders/{order}", null, cancellationToken);
        await http.DeleteAsync($"/drafts/{order}", cancellationToken);
    }

    public async Task RowAsync(Guid order, CancellationToken cancellationToken)
    {
        {|TT422:database.Entries.Add(new KeyedEntry { Order = order, State = "new" })|};
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task ScopedAsync(Guid order, TaskContext context)
    {
        await context.OnceAsync("charge", async token => { await http.PostAsync($"/orders/{order}/charges", null, token); });
        await context.OnceAsync("tell", async token => { await http.PostAsync($"/orders/{order}/notices", null, token); });
    }
}
