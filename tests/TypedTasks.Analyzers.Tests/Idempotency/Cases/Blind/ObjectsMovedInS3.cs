// An upload leaves quarantine: it is copied under its own key, tagged, described, and what it came from is deleted.
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;

public sealed record UploadFacts(string ContentType, long Length, string Sha256);

[TaskContract]
public interface IQuarantine
{
    [Task, Idempotent]
    Task ReleaseAsync(Guid upload, string scanner, UploadFacts facts, CancellationToken cancellationToken = default);
}

public sealed class QuarantineWorker(IAmazonS3 s3) : IQuarantine
{
    private const string Incoming = "incoming";
    private const string Clean = "clean";

    public async Task ReleaseAsync(Guid upload, string scanner, UploadFacts facts, CancellationToken cancellationToken)
    {
        string source = $"uploads/{upload:N}";
        string target = $"{facts.Sha256[..2]}/{facts.Sha256}";
        await s3.CopyObjectAsync(
            new CopyObjectRequest { SourceBucket = Incoming, SourceKey = source, DestinationBucket = Clean, DestinationKey = target },
            cancellationToken);
        await s3.PutObjectTaggingAsync(
            new PutObjectTaggingRequest
            {
                BucketName = Clean,
                Key = target,
                Tagging = new Tagging { TagSet = [new Tag { Key = "scanner", Value = scanner }, new Tag { Key = "released", Value = $"{DateTime.UtcNow:O}" }] },
            },
            cancellationToken);
        await s3.PutObjectAsync(
            new PutObjectRequest { BucketName = Clean, Key = $"{target}.json", ContentBody = JsonSerializer.Serialize(facts) },
            cancellationToken);
        await s3.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = Incoming, Objects = [new KeyVersion { Key = source }, new KeyVersion { Key = $"{source}.meta" }] },
            cancellationToken);
    }
}
