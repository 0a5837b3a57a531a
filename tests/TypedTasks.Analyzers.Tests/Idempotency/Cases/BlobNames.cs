using System.IO;
using Azure.Storage.Blobs;

[TaskContract]
public interface IThumbnails
{
    [Task, Idempotent]
    Task StoreAsync(Guid image, byte[] pixels);
}

public sealed class ThumbnailWorker(BlobContainerClient container) : IThumbnails
{
    public async Task StoreAsync(Guid image, byte[] pixels)
    {
        using MemoryStream stream = new(pixels);
        BlobClient stable = container.GetBlobClient($"thumbnails/{image}");
        await stable.UploadAsync(stream, overwrite: true);
        BlobClient fresh = container.GetBlobClient($"thumbnails/{image}/{DateTime.UtcNow:yyyyMMddHHmmss}");
        await {|TT418:fresh.UploadAsync(stream, overwrite: true)|};
    }
}
