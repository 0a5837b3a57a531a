using System.Net.Http;
using System.Net.Http.Json;

public sealed record Document(Guid Id, string Text);

public interface IDocuments
{
    Task<IReadOnlyList<Document>> OfAsync(Guid tenant);
}

[TaskContract]
public interface IIndexing
{
    [Task, Idempotent]
    Task IndexAsync(Guid tenant, CancellationToken cancellationToken = default);
}

public sealed class IndexWorker(IDocuments documents, HttpClient http) : IIndexing
{
    public async Task IndexAsync(Guid tenant, CancellationToken cancellationToken)
    {
        foreach (Document document in await documents.OfAsync(tenant))
        {
            await http.PutAsJsonAsync($"/indices/{tenant}/{document.Id}", document, cancellationToken);
        }

        await Parallel.ForEachAsync(await documents.OfAsync(tenant), cancellationToken, async (document, token) =>
            await http.PutAsJsonAsync($"/mirror/{document.Id}", document, token));
    }
}
