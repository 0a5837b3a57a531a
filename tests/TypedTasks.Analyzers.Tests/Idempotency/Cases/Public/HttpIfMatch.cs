// A change that the other side makes only to the version that was read.
using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface IShelves
{
    [Task, Idempotent]
    Task RenameAsync(Guid shelf, string name, string etag, CancellationToken cancellationToken = default);
}

public sealed class ShelfWorker(HttpClient http) : IShelves
{
    public async Task RenameAsync(Guid shelf, string name, string etag, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Patch, $"/shelves/{shelf}") { Content = JsonContent.Create(new { name }) };
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
