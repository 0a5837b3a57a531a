// The first provider fails, the second one sends: whichever it is, the text goes out again.
using System.Net.Http;
using Microsoft.Extensions.Logging;

public interface ISmsSender
{
    Task SendAsync(string phone, string text, CancellationToken cancellationToken);
}

[TaskContract]
public interface IVerificationCodes
{
    [Task, Idempotent]
    Task SendAsync(string phone, string code, CancellationToken cancellationToken = default);
}

public sealed class VerificationCodeWorker([FromKeyedServices("first")] ISmsSender first, [FromKeyedServices("second")] ISmsSender second, ILogger<VerificationCodeWorker> log) : IVerificationCodes
{
    public async Task SendAsync(string phone, string code, CancellationToken cancellationToken)
    {
        try
        {
            await {|TT414:first.SendAsync(phone, code, cancellationToken)|};
        }
        catch (HttpRequestException e) when (e.StatusCode is null or >= System.Net.HttpStatusCode.InternalServerError)
        {
            log.LogWarning(e, "The first provider does not answer");
            await {|TT414:second.SendAsync(phone, code, cancellationToken)|};
        }
    }
}
