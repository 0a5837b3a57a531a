// A typed client of a partner, two calls deep, with the address in configuration.
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

public sealed record PolicyRequest(Guid Customer, string Product);

public sealed record PolicyNumber(string Number);

public sealed class InsurerOptions
{
    public string Token { get; set; } = "";
}

public sealed class InsurerClient
{
    private readonly HttpClient _client;
    private readonly InsurerOptions _options;

    public InsurerClient(HttpClient client, InsurerOptions options)
    {
        _client = client;
        _options = options;
    }

    public Task<PolicyNumber> OpenPolicyAsync(PolicyRequest request, CancellationToken cancellationToken) =>
        SendAsync<PolicyNumber>(HttpMethod.Post, "policies", request, cancellationToken);

    public Task<PolicyNumber> PolicyAsync(string number, CancellationToken cancellationToken) =>
        SendAsync<PolicyNumber>(HttpMethod.Get, $"policies/{number}", null, cancellationToken);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = new(method, path);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.Token);
        if (body is not null)
        {
            message.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await _client.SendAsync(message, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<T>(cancellationToken))!;
    }
}

[TaskContract]
public interface IPolicies
{
    [Task, Idempotent]
    ValueTask<string> OpenAsync(Guid customer, string product, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    ValueTask<string> LookUpAsync(string number, CancellationToken cancellationToken = default);
}

public sealed class PolicyWorker(InsurerClient insurer) : IPolicies
{
    public async ValueTask<string> OpenAsync(Guid customer, string product, CancellationToken cancellationToken) =>
        (await {|TT410:insurer.OpenPolicyAsync(new PolicyRequest(customer, product), cancellationToken)|}).Number;

    public async ValueTask<string> LookUpAsync(string number, CancellationToken cancellationToken) => (await insurer.PolicyAsync(number, cancellationToken)).Number;
}
