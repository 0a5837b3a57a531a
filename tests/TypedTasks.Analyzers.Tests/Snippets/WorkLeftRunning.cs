// Tasks that nobody waits for: a continuation, an expression, a local, WhenAll itself, a ValueTask made a Task.
using System.Net.Http;

namespace Warming;

[TaskContract]
public interface IWarming
{
    [Task, Idempotent] Task FollowAsync(string page);

    [Task, Idempotent] ValueTask AllAsync(string[] pages);

    [Task, Idempotent] Task KeepAsync(string page);

    [Task, Idempotent] Task RunAsync(string page);
}

public sealed class WarmingWorker(HttpClient http) : IWarming
{
    public async Task FollowAsync(string page)
    {
        await http.GetAsync(page);
        {|TT502:http.PutAsync($"/done/{page}", null).ContinueWith(done => Console.WriteLine(done.Status))|};
    }

    public ValueTask AllAsync(string[] pages)
    {
        _ = {|TT502:Task.WhenAll(pages.Select(page => http.GetAsync(page)))|};
        return default;
    }

    public async Task KeepAsync(string page)
    {
        Task<HttpResponseMessage> never = {|TT502:http.GetAsync($"/next/{page}")|};
        await http.GetAsync(page);
    }

    public async Task RunAsync(string page)
    {
        await http.GetAsync(page);
        _ = {|TT502:Task.Run(async () => { await Task.Delay(10); await http.GetAsync("/later"); })|};
        _ = {|TT502:WarmAsync()|}.AsTask();

        async ValueTask WarmAsync() => await http.GetAsync("/warm");
    }
}
