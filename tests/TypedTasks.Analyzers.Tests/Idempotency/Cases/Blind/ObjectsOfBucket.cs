// An object of a bucket is put under the invoice's name, and the draft of it is deleted.
using Amazon.S3;
using Amazon.S3.Model;

[TaskContract]
public interface IInvoiceObjects
{
    [Task, Idempotent]
    Task StoreAsync(Guid invoice, string text, CancellationToken cancellationToken = default);
}

public sealed class InvoiceObjectWorker(IAmazonS3 s3) : IInvoiceObjects
{
    public async Task StoreAsync(Guid invoice, string text, CancellationToken cancellationToken)
    {
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "invoices", Key = $"{invoice:N}.txt", ContentBody = text }, cancellationToken);
        await s3.DeleteObjectAsync("invoices", $"drafts/{invoice:N}.txt", cancellationToken);
    }
}
