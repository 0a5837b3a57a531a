// The contract is the base class's; the work is in what overrides its abstract method.
using System.Net.Http;

[TaskContract]
public interface ISyncs
{
    [Task, Idempotent]
    Task SyncAsync(Guid account, CancellationToken cancellationToken = default);
}

public abstract class SyncBase : ISyncs
{
    public abstract Task SyncAsync(Guid account, CancellationToken cancellationToken);
}

public sealed class PushingSync(HttpClient http) : SyncBase
{
    public override async Task SyncAsync(Guid account, CancellationToken {|TT503:cancellationToken|})
    {
        await {|TT410:http.PostAsync($"/accounts/{account}/events", null)|};
        Console.WriteLine({|TT504:http.GetStringAsync("/").Result|});
    }
}
