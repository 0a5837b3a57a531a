// Results of tasks that are done, of things that are no tasks, and on a thread of one's own.
using System.Net.Http;

namespace Prices;

public sealed record Answer(string Result, bool IsCompleted)
{
    public void Wait() => Console.WriteLine(Result);
}

[TaskContract]
public interface IPrices
{
    [Task, Idempotent] Task BothAsync(string name);

    [Task, Idempotent] Task FastAsync(string name);

    [Task, Idempotent] Task OwnAsync(string name);

    [Task(Execution = TaskExecution.Dedicated), Idempotent] Task LongAsync(string name);
}

public sealed class PriceWorker(HttpClient http) : IPrices
{
    public async Task BothAsync(string name)
    {
        Task<string> first = http.GetStringAsync(name);
        Task<string> second = http.GetStringAsync($"{name}/old");
        await Task.WhenAll(first, second).ConfigureAwait(false);
        Console.WriteLine(first.Result.Length - second.Result.Length);
    }

    public async Task FastAsync(string name)
    {
        ValueTask<int> length = LengthAsync(name);
        Console.WriteLine(length.IsCompletedSuccessfully ? length.Result : await length);
    }

    public Task OwnAsync(string name)
    {
        Answer answer = new(name, true);
        answer.Wait();
        return Task.FromResult(answer.Result);
    }

    public Task LongAsync(string name)
    {
        Thread.Sleep(100);
        Console.WriteLine(http.GetStringAsync(name).Result);
        return Task.CompletedTask;
    }

    private async ValueTask<int> LengthAsync(string name) => (await http.GetStringAsync(name)).Length;
}
