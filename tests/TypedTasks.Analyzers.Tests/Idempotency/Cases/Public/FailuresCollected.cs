// Each item's failure is kept, and told at the end; each item's call may be repeated.
using System.Net.Http;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface ITileRefresh
{
    [Task, Idempotent]
    Task RefreshAsync(int[] tiles, CancellationToken cancellationToken = default);
}

public sealed class TileRefreshWorker(HttpClient http, ILogger<TileRefreshWorker> log) : ITileRefresh
{
    public async Task RefreshAsync(int[] tiles, CancellationToken cancellationToken)
    {
        List<Exception> failures = [];
        foreach (int[] chunk in tiles.Chunk(10))
        {
            foreach (int tile in chunk)
            {
                try
                {
                    (await http.PutAsync($"/tiles/{tile}", null, cancellationToken)).EnsureSuccessStatusCode();
                }
                catch (HttpRequestException e)
                {
                    log.LogWarning(e, "Tile {Tile} was not refreshed", tile);
                    failures.Add(e);
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }
}
