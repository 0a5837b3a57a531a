// A webhook with a signature over its time and body, and nothing by which its receiver could know it again.
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

public sealed class WebhookSigner(byte[] secret, TimeProvider time)
{
    public HttpRequestMessage Sign(HttpRequestMessage request, string body)
    {
        string stamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string mac = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{stamp}.{body}")));
        request.Headers.Add("X-Signature", $"t={stamp},v1={mac}");
        request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        return request;
    }
}

[TaskContract]
public interface ISignedWebhooks
{
    [Task, Idempotent]
    Task DeliverAsync(Uri target, string body, CancellationToken cancellationToken = default);
}

public sealed class SignedWebhookWorker(HttpClient http, WebhookSigner signer) : ISignedWebhooks
{
    public async Task DeliverAsync(Uri target, string body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = signer.Sign(new HttpRequestMessage(HttpMethod.Post, target), body);
        using HttpResponseMessage response = await {|TT410:http.SendAsync(request, cancellationToken)|};
        response.EnsureSuccessStatusCode();
    }
}
