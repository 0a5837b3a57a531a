// Retries as people write them down.
using System.Net.Http;

[TaskContract]
public interface IRetriedTasks
{
    [Task(MaxAttempts = 10, Backoff = {|TT509:"0s"|}), Idempotent]
    Task AtOnceAsync(Guid id);

    [Task(MaxAttempts = 10, Backoff = "10s..5m", RetryOn = new[] { {|TT508:typeof(ArgumentException)|}, typeof(HttpRequestException) }), Idempotent]
    Task PermanentAsync(Guid id);

    [Task(MaxAttempts = 8, Backoff = "5s..1h"), Idempotent]
    Task UsualAsync(Guid id);
}

public sealed class RetriedTaskWorker : IRetriedTasks
{
    public Task AtOnceAsync(Guid id) => Task.CompletedTask;

    public Task PermanentAsync(Guid id) => Task.CompletedTask;

    public Task UsualAsync(Guid id) => Task.CompletedTask;
}
