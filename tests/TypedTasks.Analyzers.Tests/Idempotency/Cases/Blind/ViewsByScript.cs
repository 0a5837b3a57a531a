// A document of a search engine is changed by a script, and another one by a partial document.
using Elastic.Clients.Elasticsearch;

public sealed record VideoDocument(string Title, long Views);

public sealed record VideoTitle(string Title);

[TaskContract]
public interface IVideoIndex
{
    [Task, Idempotent]
    Task ViewedAsync(Guid video, long views, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task RenamedAsync(Guid video, string title, CancellationToken cancellationToken = default);
}

public sealed class VideoIndexWorker(ElasticsearchClient search) : IVideoIndex
{
    private const string Index = "videos";

    public async Task ViewedAsync(Guid video, long views, CancellationToken cancellationToken)
    {
        await {|TT412:search.UpdateAsync<VideoDocument, VideoTitle>(
            Index,
            video,
            update => update.Script(script => script
                .Source("ctx._source.views += params.views")
                .Params(values => values["views"] = views)),
            cancellationToken)|};
    }

    public async Task RenamedAsync(Guid video, string title, CancellationToken cancellationToken) =>
        await search.UpdateAsync<VideoDocument, VideoTitle>(Index, video, update => update.Doc(new VideoTitle(title)).DocAsUpsert(), cancellationToken);
}
