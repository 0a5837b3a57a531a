// A policy that limits the time of a call, and does nothing else.
using System.Net.Http;
using Polly;

[TaskContract]
public interface ITimedReads
{
    [Task, Idempotent]
    ValueTask<int> ReadAsync(Uri address, CancellationToken cancellationToken = default);
}

public sealed class TimedReadWorker(HttpClient http) : ITimedReads
{
    private readonly ResiliencePipeline _timeout = new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(5)).Build();

    public async ValueTask<int> ReadAsync(Uri address, CancellationToken cancellationToken) =>
        (await _timeout.ExecuteAsync(async token => await http.GetStringAsync(address, token), cancellationToken)).Length;
}
