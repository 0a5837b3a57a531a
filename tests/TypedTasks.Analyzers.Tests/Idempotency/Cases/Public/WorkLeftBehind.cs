// Work that nobody waits for: thrown over the wall in the ways that people do it.
using System.Net.Http;

public interface IEngine
{
    Task PushAsync(Guid message, CancellationToken cancellationToken);
}

[TaskContract]
public interface IEnginePushes
{
    [Task, Idempotent]
    Task PushAsync(Guid message, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task WarmAsync(string[] urls, CancellationToken cancellationToken = default);
}

public sealed class EnginePushWorker(IEngine engine, HttpClient http) : IEnginePushes
{
    public Task PushAsync(Guid message, CancellationToken cancellationToken)
    {
        {|TT502:engine.PushAsync(message, cancellationToken)|};
        _ = {|TT502:Task.Run(async () => await http.GetAsync("/warm", cancellationToken), cancellationToken)|};
        {|TT502:Task.Factory.StartNew(() => http.GetAsync("/warm", cancellationToken), cancellationToken)|};
        return Task.CompletedTask;
    }

    public Task WarmAsync(string[] urls, CancellationToken cancellationToken)
    {
        Array.ForEach(urls, {|TT501:async url => await http.GetAsync(url, cancellationToken)|});
        Parallel.ForEach(urls, {|TT501:async url => await http.GetAsync(url, cancellationToken)|});
        ThreadPool.QueueUserWorkItem({|TT501:async _ => await http.GetAsync("/done", cancellationToken)|});
        return Task.CompletedTask;
    }
}
