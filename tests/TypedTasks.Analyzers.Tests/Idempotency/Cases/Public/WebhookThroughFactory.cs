// A webhook with a request that is built first, a client of the factory's, and a failure told by its answer.
using System.Net.Http;
using System.Text;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IDatadogHooks
{
    [Task, Idempotent]
    Task DeliverAsync(Uri endpoint, string body, string apiKey, CancellationToken cancellationToken = default);
}

public sealed class DatadogHookWorker(IHttpClientFactory factory, ILogger<DatadogHookWorker> log) : IDatadogHooks
{
    private readonly HttpClient _http = factory.CreateClient("datadog");

    public async Task DeliverAsync(Uri endpoint, string body, string apiKey, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("DD-API-KEY", apiKey);
        using HttpResponseMessage response = await {|TT410:_http.SendAsync(request, cancellationToken)|};
        if (!response.IsSuccessStatusCode)
        {
            log.LogWarning("Answered {Status}", response.StatusCode);
        }

        response.EnsureSuccessStatusCode();
    }
}
