// A store that begins a piece of work once, before a charge.
using System.Net.Http;
using System.Net.Http.Json;

public interface IIdempotencyStore
{
    Task<bool> TryBeginAsync(string key, CancellationToken cancellationToken);

    Task CompleteAsync(string key, CancellationToken cancellationToken);
}

[TaskContract]
public interface IDeposits
{
    [Task, Idempotent]
    Task TakeAsync(Guid booking, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class DepositWorker(IIdempotencyStore store, HttpClient http) : IDeposits
{
    public async Task TakeAsync(Guid booking, decimal amount, CancellationToken cancellationToken)
    {
        string key = $"deposit:{booking}";
        if (!await store.TryBeginAsync(key, cancellationToken))
        {
            return;
        }

        using HttpResponseMessage response = await http.PostAsJsonAsync("deposits", new { booking, amount }, cancellationToken);
        response.EnsureSuccessStatusCode();
        await store.CompleteAsync(key, cancellationToken);
    }
}
