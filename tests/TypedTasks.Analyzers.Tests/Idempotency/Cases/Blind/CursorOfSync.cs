// Pages of a remote list are taken over from where the last run stopped; every row is set under its key.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

public sealed record RemotePage(RemoteItem[] Items, string? Next);

public sealed record RemoteItem(string Key, string Value);

public sealed class SyncState
{
    public string Id { get; set; } = "";
    public string? Cursor { get; set; }
}

public sealed class MirroredItem
{
    public string Id { get; set; } = "";
    public string Value { get; set; } = "";
}

public sealed class SyncContext : DbContext
{
    public DbSet<SyncState> States => Set<SyncState>();
    public DbSet<MirroredItem> Items => Set<MirroredItem>();
}

[TaskContract]
public interface ICursorSync
{
    [Task, Idempotent]
    Task SyncAsync(string source, CancellationToken cancellationToken = default);
}

public sealed class CursorSyncWorker(SyncContext context, HttpClient http) : ICursorSync
{
    public async Task SyncAsync(string source, CancellationToken cancellationToken)
    {
        SyncState state = await context.States.SingleAsync(one => one.Id == source, cancellationToken);
        while (await http.GetFromJsonAsync<RemotePage>($"{source}?after={state.Cursor}", cancellationToken) is { Items.Length: > 0 } page)
        {
            foreach (RemoteItem item in page.Items)
            {
                MirroredItem? found = await context.Items.FindAsync([item.Key], cancellationToken);
                if (found is null)
                {
                    context.Items.Add(new MirroredItem { Id = item.Key, Value = item.Value });
                }
                else
                {
                    found.Value = item.Value;
                }
            }

            state.Cursor = page.Next;
            await context.SaveChangesAsync(cancellationToken);
        }
    }
}
