// Rows stream in from a partner and are upserted under their own ids, a batch at a time.
using System.Net.Http;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using MongoDB.Driver;

public sealed record Measure(string Id, double Value);

[TaskContract]
public interface IMeasures
{
    [Task, Idempotent]
    Task ImportAsync(string station, CancellationToken cancellationToken = default);
}

public sealed class MeasureWorker(HttpClient http, IMongoCollection<Measure> measures) : IMeasures
{
    public async Task ImportAsync(string station, CancellationToken cancellationToken)
    {
        List<WriteModel<Measure>> batch = [];
        await foreach (Measure measure in ReadAsync(station, cancellationToken))
        {
            FilterDefinition<Measure> filter = Builders<Measure>.Filter.Eq(one => one.Id, measure.Id);
            batch.Add(new UpdateOneModel<Measure>(filter, Builders<Measure>.Update.Set(one => one.Value, measure.Value)) { IsUpsert = true });
            if (batch.Count == 100)
            {
                await measures.BulkWriteAsync(batch, cancellationToken: cancellationToken);
                batch.Clear();
            }
        }

        if (batch.Count > 0)
        {
            await measures.BulkWriteAsync(batch, cancellationToken: cancellationToken);
        }
    }

    private async IAsyncEnumerable<Measure> ReadAsync(string station, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = $"/stations/{station}/measures";
        while (next is not null)
        {
            MeasurePage page = await http.GetFromJsonAsync<MeasurePage>(next, cancellationToken) ?? new MeasurePage([], null);
            foreach (Measure measure in page.Items)
            {
                yield return measure;
            }

            next = page.Next;
        }
    }

    private sealed record MeasurePage(Measure[] Items, string? Next);
}
