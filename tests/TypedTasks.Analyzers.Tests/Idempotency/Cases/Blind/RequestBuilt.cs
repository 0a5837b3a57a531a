// A builder puts the request together; the key comes from the payment.
using System.Net.Http;

public sealed class RequestBuilder(HttpMethod method, string url)
{
    private readonly HttpRequestMessage _request = new(method, url);

    public static RequestBuilder Post(string url) => new(HttpMethod.Post, url);

    public RequestBuilder WithKey(string key)
    {
        _request.Headers.Add("Idempotency-Key", key);
        return this;
    }

    public RequestBuilder WithBody(string body)
    {
        _request.Content = new StringContent(body);
        return this;
    }

    public HttpRequestMessage Build() => _request;
}

[TaskContract]
public interface IBuiltPayments
{
    [Task, Idempotent]
    Task PayAsync(Guid payment, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class BuiltPaymentWorker(HttpClient http) : IBuiltPayments
{
    public async Task PayAsync(Guid payment, decimal amount, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = RequestBuilder.Post("/payments").WithBody($"{amount}").WithKey($"payment-{payment:N}").Build();
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
