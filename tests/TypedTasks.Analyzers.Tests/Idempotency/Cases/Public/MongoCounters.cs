// Documents: a number that grows and a list that gets longer.
using MongoDB.Driver;

public sealed class VideoStats
{
    public string Id { get; set; } = "";
    public long Views { get; set; }
    public string? LastViewer { get; set; }
    public List<string> Viewers { get; set; } = [];
}

[TaskContract]
public interface IVideoStats
{
    [Task, Idempotent]
    Task CountAsync(string video, string viewer, CancellationToken cancellationToken = default);
}

public sealed class VideoStatsWorker(IMongoCollection<VideoStats> stats) : IVideoStats
{
    public async Task CountAsync(string video, string viewer, CancellationToken cancellationToken)
    {
        UpdateDefinition<VideoStats> update = Builders<VideoStats>.Update.Inc(one => one.Views, 1).Set(one => one.LastViewer, viewer);
        await {|TT412:stats.UpdateOneAsync(one => one.Id == video, update, new UpdateOptions { IsUpsert = true }, cancellationToken)|};
        await {|TT411:stats.UpdateOneAsync(one => one.Id == video, Builders<VideoStats>.Update.Push(one => one.Viewers, viewer), cancellationToken: cancellationToken)|};
    }
}
