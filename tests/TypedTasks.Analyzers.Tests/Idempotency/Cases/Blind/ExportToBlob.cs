// An export as a blob: under the moment's name, and under the period's; whoever asked is told by mail.
using System.IO;
using System.Text;
using Azure.Storage.Blobs;

public interface IExportRows
{
    IAsyncEnumerable<string> RowsAsync(Guid tenant, string period, CancellationToken cancellationToken);
}

public interface IEmailSender
{
    Task SendEmailAsync(string email, string subject, string htmlMessage);
}

[TaskContract]
public interface ITenantExports
{
    [Task, Idempotent]
    Task ExportAsync(Guid tenant, string period, string address, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ReplaceAsync(Guid tenant, string period, CancellationToken cancellationToken = default);
}

public sealed class TenantExportWorker(IExportRows source, BlobContainerClient container, IEmailSender mail) : ITenantExports
{
    public async Task ExportAsync(Guid tenant, string period, string address, CancellationToken cancellationToken)
    {
        using MemoryStream content = await CollectAsync(tenant, period, cancellationToken);
        string name = $"{tenant}/{DateTime.UtcNow:yyyyMMddHHmmss}.csv";
        await {|TT418:container.GetBlobClient(name).UploadAsync(content, overwrite: true, cancellationToken)|};
        await {|TT414:mail.SendEmailAsync(address, "Your export is ready", $"<a href=\"/exports/{name}\">{period}</a>")|};
    }

    public async Task ReplaceAsync(Guid tenant, string period, CancellationToken cancellationToken)
    {
        using MemoryStream content = await CollectAsync(tenant, period, cancellationToken);
        BlobClient blob = container.GetBlobClient($"{tenant}/{period}.csv");
        await blob.UploadAsync(content, overwrite: true, cancellationToken);
    }

    private async Task<MemoryStream> CollectAsync(Guid tenant, string period, CancellationToken cancellationToken)
    {
        MemoryStream content = new();
        await using StreamWriter writer = new(content, Encoding.UTF8, leaveOpen: true);
        await foreach (string row in source.RowsAsync(tenant, period, cancellationToken))
        {
            await writer.WriteLineAsync(row.AsMemory(), cancellationToken);
        }

        await writer.FlushAsync(cancellationToken);
        content.Position = 0;
        return content;
    }
}
