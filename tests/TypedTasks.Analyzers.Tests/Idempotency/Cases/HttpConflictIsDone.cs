using System.Net;
using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface IAccounts
{
    [Task, Idempotent]
    Task ProvisionAsync(Guid tenant);
}

public sealed class AccountWorker(HttpClient http) : IAccounts
{
    public async Task ProvisionAsync(Guid tenant)
    {
        HttpResponseMessage response = await http.PostAsJsonAsync("/accounts", new { tenant });
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            return;
        }

        response.EnsureSuccessStatusCode();
    }
}
