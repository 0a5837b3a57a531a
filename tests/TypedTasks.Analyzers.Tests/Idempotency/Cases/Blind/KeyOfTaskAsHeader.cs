// The task's own id is the key by which the other side knows a repetition.
using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface ITaskKeyedPosts
{
    [Task, Idempotent]
    Task PostAsync(Guid parcel, TaskContext context);
}

public sealed class TaskKeyedPostWorker(HttpClient http) : ITaskKeyedPosts
{
    public async Task PostAsync(Guid parcel, TaskContext context)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "parcels")
        {
            Headers = { { "Idempotency-Key", context.Id.ToString() } },
            Content = JsonContent.Create(new { parcel }),
        };
        using HttpResponseMessage response = await http.SendAsync(request, context.CancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
