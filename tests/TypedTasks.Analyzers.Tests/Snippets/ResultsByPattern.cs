// Outcomes of the work as records, matched, and thrown where they are failures.
using System.Net;
using System.Net.Http;

namespace Orders;

public abstract record Answer
{
    public sealed record Done(string Text) : Answer;

    public sealed record Gone : Answer;

    public sealed record Failed(HttpStatusCode Code) : Answer;
}

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] Task<string?> StoreAsync(Guid order, string text, CancellationToken cancellationToken = default);
}

public sealed class OrderWorker(HttpClient http) : IOrders
{
    public async Task<string?> StoreAsync(Guid order, string text, CancellationToken cancellationToken) =>
        await PutAsync(order, text, cancellationToken) switch
        {
            Answer.Done { Text: { Length: > 0 } answer } => answer,
            Answer.Done or Answer.Gone => null,
            Answer.Failed { Code: HttpStatusCode.TooManyRequests } => throw TaskContext.RetryAfter(TimeSpan.FromMinutes(1), "too many"),
            Answer.Failed failed => throw new InvalidOperationException($"{failed.Code}"),
            _ => throw new NotSupportedException(),
        };

    private async ValueTask<Answer> PutAsync(Guid order, string text, CancellationToken cancellationToken)
    {
        using StringContent content = new(text);
        using HttpResponseMessage response = await http.PutAsync($"/orders/{order}", content, cancellationToken);
        return response switch
        {
            { IsSuccessStatusCode: true } => new Answer.Done(await response.Content.ReadAsStringAsync(cancellationToken)),
            { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone } => new Answer.Gone(),
            _ => new Answer.Failed(response.StatusCode),
        };
    }
}
