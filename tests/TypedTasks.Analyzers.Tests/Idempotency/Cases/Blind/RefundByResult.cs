// What the gateway says comes as a result; refunds that were made before are told by it.
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;

public readonly record struct RefundId(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}

public abstract record RefundResult
{
    public sealed record Made(string Number) : RefundResult;

    public sealed record Before : RefundResult;

    public sealed record Refused(string Why) : RefundResult;
}

public sealed class RefundGateway(HttpClient http)
{
    public async Task<RefundResult> RefundAsync(RefundId refund, decimal amount, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/refunds") { Content = JsonContent.Create(new { amount }) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", refund.ToString());
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.Created => new RefundResult.Made(response.Headers.Location?.ToString() ?? ""),
            HttpStatusCode.OK => new RefundResult.Before(),
            _ => new RefundResult.Refused(await response.Content.ReadAsStringAsync(cancellationToken)),
        };
    }
}

[TaskContract]
public interface IRefundResults
{
    [Task, Idempotent]
    Task<string?> RefundAsync(RefundId refund, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class RefundResultWorker(RefundGateway gateway) : IRefundResults
{
    public async Task<string?> RefundAsync(RefundId refund, decimal amount, CancellationToken cancellationToken) =>
        await gateway.RefundAsync(refund, amount, cancellationToken) switch
        {
            RefundResult.Made { Number: var number } => number,
            RefundResult.Before => null,
            RefundResult.Refused(var why) => throw new InvalidOperationException(why),
            _ => throw new NotSupportedException(),
        };
}
