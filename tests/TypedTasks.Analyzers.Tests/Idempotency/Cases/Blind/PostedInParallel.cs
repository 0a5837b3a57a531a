// All at once, by a lambda, and by a method group.
using System.Net.Http;

public static class HttpPosts
{
    public static Task<HttpResponseMessage> PostTextAsync(this HttpClient http, string url, string text, CancellationToken cancellationToken = default) =>
        http.PostAsync(url, new StringContent(text), cancellationToken);
}

[TaskContract]
public interface IParallelPosts
{
    [Task, Idempotent]
    Task PostAsync(string[] urls, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task DeleteAsync(string[] urls, CancellationToken cancellationToken = default);
}

public sealed class ParallelPostWorker(HttpClient http) : IParallelPosts
{
    public Task PostAsync(string[] urls, CancellationToken cancellationToken) => Parallel.ForEachAsync(urls, cancellationToken, async (url, token) =>
    {
        using HttpResponseMessage response = await {|TT410:http.PostTextAsync(url, "now", token)|};
        response.EnsureSuccessStatusCode();
    });

    public Task DeleteAsync(string[] urls, CancellationToken cancellationToken) => Task.WhenAll(urls.Select(url => http.DeleteAsync(url, cancellationToken)));
}
