// A document is created unless it is there: the store is asked to refuse a second.
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;

[TaskContract]
public interface IContractArchive
{
    [Task, Idempotent]
    Task ArchiveAsync(string contract, byte[] content, CancellationToken cancellationToken = default);
}

public sealed class ContractArchiveWorker(IHttpClientFactory clients) : IContractArchive
{
    public async Task ArchiveAsync(string contract, byte[] content, CancellationToken cancellationToken)
    {
        using HttpClient client = clients.CreateClient("archive");
        using HttpRequestMessage request = new(HttpMethod.Put, $"contracts/{contract}") { Content = new ByteArrayContent(content) };
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.PreconditionFailed)
        {
            response.EnsureSuccessStatusCode();
        }
    }
}
