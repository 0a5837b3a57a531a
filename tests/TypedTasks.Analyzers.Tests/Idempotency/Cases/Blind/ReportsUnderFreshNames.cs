// Reports go to a container of blobs under names that no second attempt would find again.
using System.IO;
using System.Text.Json;
using Azure.Storage.Blobs;

public sealed record ChurnFigures(string Region, int Lost, int Won);

[TaskContract]
public interface IChurnReports
{
    [Task, Idempotent]
    Task<string> ByClockAsync(ChurnFigures figures, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task<string> ByVersion7Async(ChurnFigures figures, CancellationToken cancellationToken = default);
}

public sealed class ChurnReportWorker(BlobContainerClient container, TimeProvider clock) : IChurnReports
{

    public async Task<string> ByClockAsync(ChurnFigures figures, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string name = $"churn/{figures.Region}/{now:yyyyMMdd-HHmmss}.json";
        using MemoryStream content = new(JsonSerializer.SerializeToUtf8Bytes(figures));
        await {|TT418:container.GetBlobClient(name).UploadAsync(content, overwrite: true, cancellationToken)|};
        return name;
    }

    public async Task<string> ByVersion7Async(ChurnFigures figures, CancellationToken cancellationToken)
    {
        string name = $"churn/{figures.Region}/{Guid.CreateVersion7():N}.json";
        using MemoryStream content = new(JsonSerializer.SerializeToUtf8Bytes(figures));
        await {|TT418:container.UploadBlobAsync(name, content, cancellationToken)|};
        return name;
    }
}
