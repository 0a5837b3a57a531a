// What is done stands in a table of delegates that the constructor fills.
using System.Net.Http;

[TaskContract]
public interface IActions
{
    [Task, Idempotent]
    Task RunAsync(string action, Guid item, CancellationToken cancellationToken = default);
}

public sealed class ActionWorker : IActions
{
    private readonly Dictionary<string, Func<Guid, CancellationToken, Task>> _actions;
    private readonly HttpClient _http;

    public ActionWorker(HttpClient http)
    {
        _http = http;
        _actions = new()
        {
            ["publish"] = PublishAsync,
            ["withdraw"] = (item, token) => _http.DeleteAsync($"/published/{item}", token),
        };
    }

    public Task RunAsync(string action, Guid item, CancellationToken cancellationToken) =>
        _actions.TryGetValue(action, out Func<Guid, CancellationToken, Task>? run) ? run(item, cancellationToken) : throw new NotSupportedException(action);

    private Task PublishAsync(Guid item, CancellationToken cancellationToken) => _http.PutAsync($"/published/{item}", null, cancellationToken);
}
