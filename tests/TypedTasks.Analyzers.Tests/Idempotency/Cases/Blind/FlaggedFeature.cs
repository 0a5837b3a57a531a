// The feature may be off; where it is on, something is sent, flag or not.
using System.Net.Http;

public interface IFeatures
{
    ValueTask<bool> IsOnAsync(string feature, CancellationToken cancellationToken);
}

[TaskContract]
public interface IFeatureHooks
{
    [Task, Idempotent]
    Task SendAsync(Guid item, CancellationToken cancellationToken = default);
}

public sealed class FeatureHookWorker(HttpClient http, IFeatures features) : IFeatureHooks
{
    public async Task SendAsync(Guid item, CancellationToken cancellationToken)
    {
        if (!await features.IsOnAsync("hooks", cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        using HttpRequestMessage request = new() { Method = HttpMethod.Post, RequestUri = new Uri($"https://hooks.test/{item}") };
        using HttpResponseMessage response = await {|TT410:http.SendAsync(request, cancellationToken)|};
        response.EnsureSuccessStatusCode();
    }
}
