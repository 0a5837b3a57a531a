// What the other side does not know any more is done; everything else is thrown.
using System.Net;
using System.Net.Http;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface ISubscriptionRemoval
{
    [Task, Idempotent]
    Task RemoveAsync(string subscription, CancellationToken cancellationToken = default);
}

public sealed class SubscriptionRemovalWorker(HttpClient http, ILogger<SubscriptionRemovalWorker> log) : ISubscriptionRemoval
{
    public async Task RemoveAsync(string subscription, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.DeleteAsync($"/subscriptions/{subscription}", cancellationToken);
            response.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            log.LogInformation("{Subscription} is gone", subscription);
        }
    }
}
