using System.Net.Http;

[TaskContract]
public interface ISearch
{
    [Task, Idempotent]
    Task IndexAsync(Guid document);
}

public sealed class SearchWorker(HttpClient http) : ISearch
{
    public async Task IndexAsync(Guid document)
    {
        using CancellationTokenSource source = new();
        Task<HttpResponseMessage> first = http.GetAsync("/a", source.Token);
        Task<HttpResponseMessage> second = http.GetAsync("/b", source.Token);
        await Task.WhenAny(first, second);
        _ = source.CancelAsync();
        _ = Task.FromResult(1);
    }
}
