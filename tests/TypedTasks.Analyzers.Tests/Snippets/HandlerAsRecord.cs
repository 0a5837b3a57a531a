// A handler that is a record, with an explicit implementation and an inner function.
using System.Net.Http;

namespace Search;

[TaskContract]
internal interface ISearch
{
    [Task, Idempotent] ValueTask<int> IndexAsync(Guid[] documents, CancellationToken cancellationToken = default);
}

internal sealed record SearchWorker(HttpClient Http) : ISearch
{
    async ValueTask<int> ISearch.IndexAsync(Guid[] documents, CancellationToken cancellationToken)
    {
        int done = 0;
        await foreach (Guid document in Indexed())
        {
            _ = document;
            done++;
        }

        return done;

        async IAsyncEnumerable<Guid> Indexed()
        {
            foreach (Guid document in documents)
            {
                using var response = await Http.PutAsync($"/index/{document}", null, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    yield return document;
                }
            }
        }
    }
}
