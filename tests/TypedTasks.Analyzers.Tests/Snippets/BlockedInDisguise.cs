// Blocking through a property, a static helper, a ValueTask, WaitAll, and a disposal.
using System.Net.Http;

namespace Prices;

[TaskContract]
public interface IPrices
{
    [Task, Idempotent] Task LazyAsync(string name);

    [Task, Idempotent] Task HelperAsync(string name);

    [Task, Idempotent] Task AllAsync(string[] names);

    [Task, Idempotent] Task ValueAsync(string name);
}

public sealed class PriceWorker(HttpClient http) : IPrices
{
    public Task LazyAsync(string name)
    {
        string text = {|TT504:http.GetStringAsync(name).ConfigureAwait(false).GetAwaiter().GetResult()|};
        return Console.Out.WriteLineAsync(text);
    }

    public Task HelperAsync(string name)
    {
        Console.WriteLine({|TT504:Blocking.Read(http, name)|});
        return Task.CompletedTask;
    }

    public Task AllAsync(string[] names)
    {
        Task[] reads = names.Select(name => (Task)http.GetStringAsync(name)).ToArray();
        {|TT504:Task.WaitAll(reads)|};
        return Task.CompletedTask;
    }

    public async Task ValueAsync(string name)
    {
        await Task.Yield();
        Console.WriteLine({|TT504:LengthAsync(name).Result|});
    }

    private async ValueTask<int> LengthAsync(string name) => (await http.GetStringAsync(name)).Length;
}

internal static class Blocking
{
    internal static string Read(HttpClient http, string name) => http.GetStringAsync(name).Result;
}
