// A token is fetched by POST, as OAuth wants it, and then the contact is put in its place.
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;

public sealed record AccessToken(string Value);

[TaskContract]
public interface ICrmContacts
{
    [Task, Idempotent]
    Task SyncAsync(Guid contact, string name, CancellationToken cancellationToken = default);
}

public sealed class CrmContactWorker(HttpClient http) : ICrmContacts
{
    public async Task SyncAsync(Guid contact, string name, CancellationToken cancellationToken)
    {
        AccessToken token = await LoginAsync(cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        using HttpResponseMessage response = await http.PutAsJsonAsync($"/contacts/{contact}", new { name }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private async Task<AccessToken> LoginAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string> form = new() { ["grant_type"] = "client_credentials" };
        using HttpResponseMessage response = await http.PostAsync("/oauth/token", new FormUrlEncodedContent(form), cancellationToken);
        return (await response.Content.ReadFromJsonAsync<AccessToken>(cancellationToken))!;
    }
}
