// Reports go to a bucket: under the invoice's number they may go again, under a fresh one they pile up.
using System.IO;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;

[TaskContract]
public interface IReportUploads
{
    [Task, Idempotent]
    Task UploadAsync(Guid invoice, string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task UploadFreshAsync(Guid invoice, string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task TransferAsync(Guid invoice, byte[] pdf, CancellationToken cancellationToken = default);
}

public sealed class ReportUploadWorker(IAmazonS3 s3, ITransferUtility transfer) : IReportUploads
{
    public async Task UploadAsync(Guid invoice, string text, CancellationToken cancellationToken) =>
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "reports", Key = $"invoices/{invoice}.txt", ContentBody = text }, cancellationToken);

    public async Task UploadFreshAsync(Guid invoice, string text, CancellationToken cancellationToken)
    {
        PutObjectRequest request = new() { BucketName = "reports", ContentBody = text };
        request.Key = $"invoices/{invoice}/{Guid.NewGuid():N}.txt";
        await {|TT418:s3.PutObjectAsync(request, cancellationToken)|};
    }

    public async Task TransferAsync(Guid invoice, byte[] pdf, CancellationToken cancellationToken)
    {
        string key = $"{DateTimeOffset.UtcNow:yyyyMMddHHmmss}-{invoice}.pdf";
        using MemoryStream stream = new(pdf);
        await {|TT418:transfer.UploadAsync(stream, "reports", key, cancellationToken)|};
    }
}
