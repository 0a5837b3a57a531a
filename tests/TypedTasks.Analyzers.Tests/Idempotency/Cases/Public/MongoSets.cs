// Documents that are set, or counted under a condition that the update itself ends.
using MongoDB.Driver;

public sealed class VideoStats
{
    public string Id { get; set; } = "";
    public long Views { get; set; }
    public string? LastViewer { get; set; }
    public List<string> Viewers { get; set; } = [];
}

[TaskContract]
public interface IVideoTotals
{
    [Task, Idempotent]
    Task CountOnceAsync(string video, string viewer, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SetAsync(string video, long views, CancellationToken cancellationToken = default);
}

public sealed class VideoTotalWorker(IMongoCollection<VideoStats> stats) : IVideoTotals
{
    public async Task CountOnceAsync(string video, string viewer, CancellationToken cancellationToken)
    {
        FilterDefinition<VideoStats> filter = Builders<VideoStats>.Filter.Eq(one => one.Id, video) & Builders<VideoStats>.Filter.Ne(one => one.LastViewer, viewer);
        await stats.UpdateOneAsync(filter, Builders<VideoStats>.Update.Inc(one => one.Views, 1).Set(one => one.LastViewer, viewer), cancellationToken: cancellationToken);
    }

    public async Task SetAsync(string video, long views, CancellationToken cancellationToken)
    {
        await stats.UpdateOneAsync(one => one.Id == video, Builders<VideoStats>.Update.Set(one => one.Views, views), cancellationToken: cancellationToken);
        await stats.ReplaceOneAsync(one => one.Id == video, new VideoStats { Id = video, Views = views }, new UpdateOptions { IsUpsert = true }, cancellationToken);
    }
}
