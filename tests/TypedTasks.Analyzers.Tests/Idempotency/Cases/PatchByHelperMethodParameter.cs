using System.Net.Http;

public static class Http
{
    public static async Task<string> CallAsync(this HttpClient http, HttpMethod method, string path, string? key = null)
    {
        using HttpRequestMessage request = new(method, path);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}

[TaskContract]
public interface ISettings
{
    [Task, Idempotent]
    Task ApplyAsync(Guid tenant);
}

public sealed class SettingWorker(HttpClient http) : ISettings
{
    public async Task ApplyAsync(Guid tenant)
    {
        await http.CallAsync(HttpMethod.Get, $"/tenants/{tenant}");
        await http.CallAsync(HttpMethod.Put, $"/tenants/{tenant}/settings");
        await http.CallAsync(HttpMethod.Post, $"/tenants/{tenant}/restart", $"restart:{tenant}");
        await {|TT410:http.CallAsync(HttpMethod.Patch, $"/tenants/{tenant}")|};
    }
}
