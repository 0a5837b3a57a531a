// The base class runs what it is given, measured; one of its users posts, the other puts.
using System.Diagnostics;
using System.Net.Http;

public abstract class MeasuredWorker
{
    protected static async Task<T> MeasureAsync<T>(string name, Func<Task<T>> work)
    {
        Stopwatch watch = Stopwatch.StartNew();
        T result = await work();
        Console.WriteLine($"{name} took {watch.Elapsed}");
        return result;
    }
}

[TaskContract]
public interface IMeasuredCalls
{
    [Task, Idempotent]
    Task PostAsync(Guid item);

    [Task, Idempotent]
    Task PutAsync(Guid item);
}

public sealed class MeasuredCallWorker(HttpClient http) : MeasuredWorker, IMeasuredCalls
{
    public Task PostAsync(Guid item) => MeasureAsync(nameof(PostAsync), async () => await {|TT410:http.PostAsync($"/items?of={item}", null)|});

    public Task PutAsync(Guid item) => MeasureAsync(nameof(PutAsync), async () => await http.PutAsync($"/items/{item}", null));
}
