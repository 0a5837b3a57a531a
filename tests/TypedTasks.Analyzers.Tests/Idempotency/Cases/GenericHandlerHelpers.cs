using System.Net.Http;
using System.Net.Http.Json;

public interface IRepository<T>
{
    Task<T?> GetAsync(Guid id);
    Task PutAsync(Guid id, T value);
}

public sealed class HttpRepository<T>(HttpClient http) : IRepository<T>
{
    public async Task<T?> GetAsync(Guid id) => await http.GetFromJsonAsync<T>($"/{typeof(T).Name}/{id}");

    public async Task PutAsync(Guid id, T value) => await http.PutAsJsonAsync($"/{typeof(T).Name}/{id}", value);
}

public sealed record Profile(Guid Id, string Name);

[TaskContract]
public interface IProfiles
{
    [Task, Idempotent]
    Task RenameAsync(Guid id, string name);
}

public sealed class ProfileWorker(IRepository<Profile> profiles) : IProfiles
{
    public async Task RenameAsync(Guid id, string name)
    {
        Profile? profile = await profiles.GetAsync(id);
        await profiles.PutAsync(id, (profile ?? new Profile(id, "")) with { Name = name });
    }
}
