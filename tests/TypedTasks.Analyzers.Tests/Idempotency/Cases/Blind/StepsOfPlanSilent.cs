// Strategies by name, each of which may be done again.
using System.IO;
using System.Net.Http;

public interface IPublishing
{
    Task PublishAsync(Guid page, string text, CancellationToken cancellationToken);
}

public sealed class FilePublishing : IPublishing
{
    public Task PublishAsync(Guid page, string text, CancellationToken cancellationToken) => File.WriteAllTextAsync($"/pages/{page:N}.html", text, cancellationToken);
}

public sealed class HttpPublishing(HttpClient http) : IPublishing
{
    public async Task PublishAsync(Guid page, string text, CancellationToken cancellationToken)
    {
        using StringContent content = new(text);
        (await http.PutAsync($"/pages/{page:N}", content, cancellationToken)).EnsureSuccessStatusCode();
    }
}

[TaskContract]
public interface IPagePublishing
{
    [Task, Idempotent]
    Task PublishAsync(string how, Guid page, string text, CancellationToken cancellationToken = default);
}

public sealed class PagePublisher(IReadOnlyDictionary<string, IPublishing> strategies) : IPagePublishing
{
    public Task PublishAsync(string how, Guid page, string text, CancellationToken cancellationToken) =>
        strategies.TryGetValue(how, out IPublishing? strategy) ? strategy.PublishAsync(page, text, cancellationToken) : throw new NotSupportedException(how);
}
