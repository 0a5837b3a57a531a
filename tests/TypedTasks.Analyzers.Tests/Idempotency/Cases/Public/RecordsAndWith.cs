// Records that are copied with a change, and a request that carries the task's number in its body.
using System.Net.Http;
using System.Net.Http.Json;

public sealed record TransferRequest(string From, string To, decimal Amount)
{
    public string? IdempotencyKey { get; init; }
}

[TaskContract]
public interface IBankTransfers
{
    [Task, Idempotent]
    Task TransferAsync(TransferRequest request, TaskContext context);

    [Task, Idempotent]
    Task TransferFreshAsync(TransferRequest request, CancellationToken cancellationToken = default);
}

public sealed class BankTransferWorker(HttpClient http) : IBankTransfers
{
    public async Task TransferAsync(TransferRequest request, TaskContext context)
    {
        TransferRequest keyed = request with { IdempotencyKey = context.Id.ToString() };
        (await http.PostAsJsonAsync("/transfers", keyed, context.CancellationToken)).EnsureSuccessStatusCode();
    }

    public async Task TransferFreshAsync(TransferRequest request, CancellationToken cancellationToken)
    {
        TransferRequest keyed = request with { IdempotencyKey = Guid.NewGuid().ToString() };
        (await {|TT418:http.PostAsJsonAsync("/transfers", keyed, cancellationToken)|}).EnsureSuccessStatusCode();
    }
}
