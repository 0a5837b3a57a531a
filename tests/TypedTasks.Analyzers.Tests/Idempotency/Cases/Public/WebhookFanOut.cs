// A webhook for every subscriber, at once: the requests are made in a helper's lambda and signed there.
using System.Net.Http;
using System.Net.Http.Json;

public sealed record HookSubscriber(string Url, string? Token);

public interface IHookSubscribers
{
    Task<IReadOnlyList<HookSubscriber>> OfTypeAsync(string type);
}

public sealed class HookSender(IHttpClientFactory factory)
{
    public async Task SendAllAsync(IEnumerable<HookSubscriber> receivers, object data, CancellationToken stop)
    {
        HttpClient client = factory.CreateClient();
        IEnumerable<Task> sends = receivers.Select(receiver => SendAsync(client, receiver, data, stop));
        await Task.WhenAll(sends);
    }

    private static Task SendAsync(HttpClient client, HookSubscriber receiver, object data, CancellationToken stop)
    {
        var request = new HttpRequestMessage
        {
            RequestUri = new Uri(receiver.Url, UriKind.Absolute),
            Method = HttpMethod.Post,
            Content = JsonContent.Create(data),
        };
        if (!string.IsNullOrWhiteSpace(receiver.Token))
        {
            request.Headers.Add("X-hook-token", receiver.Token);
        }

        return client.SendAsync(request, stop);
    }
}

[TaskContract]
public interface IOrderPaidHooks
{
    [Task, Idempotent]
    Task NotifyAsync(int orderId, CancellationToken cancellationToken = default);
}

public sealed class OrderPaidHookWorker(IHookSubscribers subscribers, HookSender sender) : IOrderPaidHooks
{
    public async Task NotifyAsync(int orderId, CancellationToken cancellationToken)
    {
        IReadOnlyList<HookSubscriber> all = await subscribers.OfTypeAsync("OrderPaid");
        await {|TT410:sender.SendAllAsync(all, new { orderId }, cancellationToken)|};
    }
}
