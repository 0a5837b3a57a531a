// Contacts are put under their ids, as fast as the other side allows; what it refuses for now comes again.
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Threading.RateLimiting;

public sealed record Contact(Guid Id, string Name);

[TaskContract]
public interface ILimitedContacts
{
    [Task, Idempotent]
    Task PushAsync(Contact[] contacts, CancellationToken cancellationToken = default);
}

public sealed class ContactSyncWorker(HttpClient http, RateLimiter limiter) : ILimitedContacts
{
    public async Task PushAsync(Contact[] contacts, CancellationToken cancellationToken)
    {
        foreach ((Guid id, string name) in contacts)
        {
            using RateLimitLease lease = await limiter.AcquireAsync(1, cancellationToken);
            if (!lease.IsAcquired)
            {
                throw new InvalidOperationException("No permit for now.");
            }

            using HttpResponseMessage response = await http.PutAsJsonAsync($"contacts/{id}", new { name }, cancellationToken);
            if (response.StatusCode is HttpStatusCode.TooManyRequests)
            {
                throw new HttpRequestException("Too many requests.", null, response.StatusCode);
            }

            response.EnsureSuccessStatusCode();
        }
    }
}
