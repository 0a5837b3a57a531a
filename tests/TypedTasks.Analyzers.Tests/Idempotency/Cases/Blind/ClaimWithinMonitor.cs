// A count of the process's own, guarded by a lock: it counts again all the same.
using System.Net.Http;

[TaskContract]
public interface IQuotaCalls
{
    [Task, Idempotent]
    Task UseAsync(Guid call, CancellationToken cancellationToken = default);
}

public sealed class Quota
{
    private readonly Lock _gate = new();
    private int _used;

    public static Quota Shared { get; } = new();

    public int Use()
    {
        lock (_gate)
        {
            return ++_used;
        }
    }
}

public sealed class QuotaWorker(HttpClient http) : IQuotaCalls
{
    private static int s_calls;

    public async Task UseAsync(Guid call, CancellationToken cancellationToken)
    {
        {|TT415:Interlocked.Increment(ref s_calls)|};
        await http.PutAsync($"/calls/{call}", null, cancellationToken);
    }
}
