// Deleted over there, and what is not there is as good as deleted.
using System.Net;
using System.Net.Http;

[TaskContract]
public interface IRemoteDeletions
{
    [Task, Idempotent]
    Task DeleteAsync(string id, CancellationToken cancellationToken = default);
}

public sealed class RemoteDeletionWorker(HttpClient http) : IRemoteDeletions
{
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.DeleteAsync($"items/{id}", cancellationToken);
            response.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return;
        }
    }
}
