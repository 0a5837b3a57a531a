// An extension of the client that posts, three calls deep.
using System.Net.Http;
using System.Net.Http.Json;

public static class PartnerExtensions
{
    public static async Task<bool> TellPartnerAsync(this HttpClient http, string what, object payload, CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage response = await http.SendPartnerAsync(what, payload, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    private static Task<HttpResponseMessage> SendPartnerAsync(this HttpClient http, string what, object payload, CancellationToken cancellationToken) =>
        http.PostAsJsonAsync($"partners/{what}", payload, cancellationToken);
}

[TaskContract]
public interface IPartnerNews
{
    [Task, Idempotent]
    Task TellAsync(Guid contract, CancellationToken cancellationToken = default);
}

public sealed class PartnerNewsWorker(HttpClient http) : IPartnerNews
{
    public async Task TellAsync(Guid contract, CancellationToken cancellationToken)
    {
        bool told = await {|TT410:http.TellPartnerAsync("contracts", new { contract }, cancellationToken)|};
        if (!told)
        {
            throw new InvalidOperationException("The partner does not hear");
        }
    }
}
