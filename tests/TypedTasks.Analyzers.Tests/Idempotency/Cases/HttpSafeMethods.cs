using System.Net.Http;
using System.Net.Http.Json;

public sealed record Profile(Guid Id, string Name);

[TaskContract]
public interface IProfiles
{
    [Task, Idempotent]
    Task SyncAsync(Guid userId);
}

public sealed class ProfileWorker(HttpClient http) : IProfiles
{
    public async Task SyncAsync(Guid userId)
    {
        Profile? profile = await http.GetFromJsonAsync<Profile>($"/profiles/{userId}");
        await http.PutAsJsonAsync($"/crm/contacts/{userId}", profile);
        await http.DeleteAsync($"/cache/{userId}");
    }
}
