// Updates that are built before they are sent: in a list, in a dictionary, in a script.
using Elastic.Clients.Elasticsearch;
using Google.Cloud.Firestore;
using Microsoft.Azure.Cosmos;

public sealed record BuiltDocument(string Title);

[TaskContract]
public interface IBuiltUpdates
{
    [Task, Idempotent]
    Task CosmosAsync(string id, string tag);

    [Task, Idempotent]
    Task FirestoreAsync(string id, string name, DateTimeOffset read);

    [Task, Idempotent]
    Task ElasticAsync(string id, string tag);
}

public sealed class BuiltUpdateWorker(Container container, FirestoreDb store, ElasticsearchClient search) : IBuiltUpdates
{
    public async Task CosmosAsync(string id, string tag)
    {
        List<PatchOperation> patches = [PatchOperation.Set("/touched", true)];
        patches.Add(PatchOperation.Increment("/visits", 1));
        await {|TT412:container.PatchItemAsync<BuiltDocument>(id, new PartitionKey(id), patches)|};
        await {|TT411:container.PatchItemAsync<BuiltDocument>(id, new PartitionKey(id), [PatchOperation.Add("/tags/-", tag)])|};
        await container.PatchItemAsync<BuiltDocument>(id, new PartitionKey(id), [PatchOperation.Add("/tag", tag)]);
        PatchItemRequestOptions options = new();
        options.IfMatchEtag = tag;
        await container.PatchItemAsync<BuiltDocument>(id, new PartitionKey(id), [PatchOperation.Increment("/visits", 1)], options);
    }

    public async Task FirestoreAsync(string id, string name, DateTimeOffset read)
    {
        DocumentReference document = store.Collection("people").Document(id);
        Dictionary<string, object> updates = new() { ["name"] = name };
        updates["visits"] = FieldValue.Increment(1);
        WriteBatch batch = store.StartBatch();
        {|TT412:batch.Update(document, updates)|};
        batch.Update(document, new Dictionary<string, object> { ["visits"] = FieldValue.Increment(1) }, Precondition.LastUpdated(read));
        batch.Set(document, new { name });
        await batch.CommitAsync();
        await {|TT418:store.Collection("people").Document().SetAsync(new { name })|};
    }

    public async Task ElasticAsync(string id, string tag)
    {
        const string unlessThere = "if (!ctx._source.tags.contains(params.tag)) { ctx._source.tags.add(params.tag) }";
        await search.UpdateAsync<BuiltDocument, BuiltDocument>("posts", id, update => update.Script(script => script.Source(unlessThere)));
        await {|TT411:search.UpdateAsync<BuiltDocument, BuiltDocument>("posts", id, update => update.Script(script => script.Source("ctx._source.tags.add(params.tag)")))|};
    }
}
