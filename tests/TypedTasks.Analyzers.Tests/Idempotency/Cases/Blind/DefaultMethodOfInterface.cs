// The work is in a default method of a service's interface.
using System.Net.Http;

public interface IHookCaller
{
    HttpClient Http { get; }

    async Task CallAsync(string hook, string body, CancellationToken cancellationToken)
    {
        using StringContent content = new(body);
        using HttpResponseMessage response = await Http.PostAsync($"/hooks/{hook}", content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}

public sealed class HookCaller(HttpClient http) : IHookCaller
{
    public HttpClient Http => http;
}

[TaskContract]
public interface IHooks
{
    [Task, Idempotent]
    Task CallAsync(string hook, string body, CancellationToken cancellationToken = default);
}

public sealed class HookWorker(IHookCaller caller) : IHooks
{
    public async Task CallAsync(string hook, string body, CancellationToken cancellationToken) => await {|TT410:caller.CallAsync(hook, body, cancellationToken)|};
}
