// Pictures stored under a fresh name each time, and a row that names the last.
using System.IO;
using Amazon.S3;
using Amazon.S3.Model;

[TaskContract]
public interface IPictures
{
    [Task, Idempotent]
    ValueTask<string> StoreAsync(string local, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    ValueTask<string> StoreUnderHashAsync(string local, CancellationToken cancellationToken = default);
}

public sealed class PictureWorker(IAmazonS3 s3) : IPictures
{
    public async ValueTask<string> StoreAsync(string local, CancellationToken cancellationToken)
    {
        await using FileStream stream = File.OpenRead(local);
        string extension = Path.GetExtension(local);
        PutObjectRequest request = new() { BucketName = "pictures", Key = $"{Guid.NewGuid():N}{extension}", InputStream = stream };
        await {|TT418:s3.PutObjectAsync(request, cancellationToken)|};
        return request.Key;
    }

    public async ValueTask<string> StoreUnderHashAsync(string local, CancellationToken cancellationToken)
    {
        byte[] content = await File.ReadAllBytesAsync(local, cancellationToken);
        string hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content));
        using MemoryStream stream = new(content);
        PutObjectRequest request = new() { BucketName = "pictures", Key = $"{hash}.bin", InputStream = stream };
        await s3.PutObjectAsync(request, cancellationToken);
        return request.Key;
    }
}
