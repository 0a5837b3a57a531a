// A search that is asked by POST, and a token that is asked for.
using System.Net.Http;
using System.Net.Http.Json;

public sealed record Hits(string[] Ids);

[TaskContract]
public interface IPostedSearches
{
    [Task, Idempotent]
    ValueTask<int> CountAsync(string words, CancellationToken cancellationToken = default);
}

public sealed class PostedSearchWorker(HttpClient http) : IPostedSearches
{
    public async ValueTask<int> CountAsync(string words, CancellationToken cancellationToken)
    {
        using FormUrlEncodedContent credentials = new(new Dictionary<string, string> { ["grant_type"] = "client_credentials" });
        using HttpResponseMessage token = await http.PostAsync("connect/token", credentials, cancellationToken);
        using HttpResponseMessage response = await http.PostAsJsonAsync("articles/_search", new { query = words }, cancellationToken);
        Hits? hits = await response.Content.ReadFromJsonAsync<Hits>(cancellationToken);
        return hits?.Ids.Length ?? 0;
    }
}
