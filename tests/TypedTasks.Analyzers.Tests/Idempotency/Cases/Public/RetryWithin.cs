// A loop that tries again within a task that is tried again; paging is no retry.
using System.Net.Http;
using System.Net.Http.Json;

public sealed record Page(string[] Items, string? Cursor);

[TaskContract]
public interface IPagedSync
{
    [Task, Idempotent]
    Task<int> CountAsync(CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task<string> ReadAsync(Uri source, CancellationToken cancellationToken = default);
}

public sealed class PagedSyncWorker(HttpClient http) : IPagedSync
{
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        int count = 0;
        string? cursor = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            Page? page = await http.GetFromJsonAsync<Page>($"/items?cursor={cursor}", cancellationToken);
            count += page?.Items.Length ?? 0;
            cursor = page?.Cursor;
            if (cursor is null)
            {
                break;
            }
        }

        return count;
    }

    public async Task<string> ReadAsync(Uri source, CancellationToken cancellationToken)
    {
        {|TT512:for|} (int attempt = 1; ; attempt++)
        {
            try
            {
                return await http.GetStringAsync(source, cancellationToken);
            }
            catch (HttpRequestException) when (attempt < 3)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), cancellationToken);
            }
        }
    }
}
