// The method that runs the task is the base class's, which knows nothing of the contract.
using System.Net.Http;

public abstract class Relay(HttpClient http)
{
    public async Task RelayAsync(Guid item, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await {|TT410:http.PostAsync($"/relayed/{item}", null, cancellationToken)|};
        response.EnsureSuccessStatusCode();
    }
}

[TaskContract]
public interface IRelays
{
    [Task, Idempotent]
    Task RelayAsync(Guid item, CancellationToken cancellationToken = default);
}

public sealed class RelayWorker(HttpClient http) : Relay(http), IRelays;
