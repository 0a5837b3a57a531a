// A bucket is created, and a conflict says that it is there.
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface IRemoteProjects
{
    [Task, Idempotent]
    Task EnsureAsync(string project, CancellationToken cancellationToken = default);
}

public sealed class RemoteProjectWorker(HttpClient http) : IRemoteProjects
{
    public async Task EnsureAsync(string project, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync("projects", new { name = project }, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            return;
        }

        response.EnsureSuccessStatusCode();
    }
}
