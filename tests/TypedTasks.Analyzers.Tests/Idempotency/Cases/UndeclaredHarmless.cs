using System.Net.Http;

[TaskContract]
public interface IProfiles
{
    [Task]
    Task WarmAsync(Guid user);

    [Task]
    Task AskAsync(Guid user);
}

public interface IDirectory
{
    Task<string> NameOfAsync(Guid user);
}

public sealed class ProfileWorker(HttpClient http, IDirectory directory) : IProfiles
{
    public async Task {|TT403:WarmAsync|}(Guid user) => await http.PutAsync($"/cache/{user}", null);

    public async Task AskAsync(Guid user) => await http.PutAsync($"/cache/{await directory.NameOfAsync(user)}", null);
}
