// Two payment providers, each given the key in the way that it honours.
using System.Net.Http;
using System.Net.Http.Json;
using Adyen.Model;
using Adyen.Model.Checkout;
using Adyen.Service.Checkout;

public enum CaptureProvider
{
    Adyen,
    PayPal,
}

[TaskContract]
public interface IProviderCaptures
{
    [Task, Idempotent]
    Task<string> CaptureAsync(Guid capture, CaptureProvider provider, string authorisation, long cents, CancellationToken cancellationToken = default);
}

public sealed class ProviderCaptureWorker(IModificationsService adyen, HttpClient paypal) : IProviderCaptures
{
    private sealed record PayPalCapture(string Id, string Status);

    public Task<string> CaptureAsync(Guid capture, CaptureProvider provider, string authorisation, long cents, CancellationToken cancellationToken) => provider switch
    {
        CaptureProvider.Adyen => AdyenAsync(capture, authorisation, cents, cancellationToken),
        CaptureProvider.PayPal => PayPalAsync(capture, authorisation, cents, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(provider)),
    };

    private async Task<string> AdyenAsync(Guid capture, string authorisation, long cents, CancellationToken cancellationToken)
    {
        PaymentCaptureRequest request = new() { Amount = new Amount("EUR", cents), MerchantAccount = "Shop", Reference = $"capture-{capture:N}" };
        PaymentCaptureResponse response = await adyen.CaptureAuthorisedPaymentAsync(
            authorisation, request, new RequestOptions { IdempotencyKey = capture.ToString() }, cancellationToken);
        return response.PspReference;
    }

    private async Task<string> PayPalAsync(Guid capture, string authorisation, long cents, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"v2/payments/authorizations/{authorisation}/capture");
        request.Headers.Add("PayPal-Request-Id", capture.ToString());
        request.Content = JsonContent.Create(new { amount = new { value = $"{cents / 100}.{cents % 100:D2}", currency_code = "EUR" } });
        using HttpResponseMessage response = await paypal.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        PayPalCapture? body = await response.Content.ReadFromJsonAsync<PayPalCapture>(cancellationToken);
        return body?.Id ?? throw new InvalidOperationException("PayPal said nothing.");
    }
}
