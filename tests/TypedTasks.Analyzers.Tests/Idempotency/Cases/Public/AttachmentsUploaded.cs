// Attachments go to blobs under their own names, and the row remembers where.
using System.IO;
using Azure.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

public sealed class Attachment
{
    public Guid Id { get; set; }
    public string FileName { get; set; } = "";
    public string? Location { get; set; }
}

public sealed class AttachmentContext : DbContext
{
    public DbSet<Attachment> Attachments => Set<Attachment>();
}

[TaskContract]
public interface IAttachmentUploads
{
    [Task, Idempotent]
    Task UploadAsync(Guid attachment, CancellationToken cancellationToken = default);
}

public sealed class AttachmentUploadWorker(AttachmentContext context, BlobContainerClient container) : IAttachmentUploads
{
    public async Task UploadAsync(Guid attachment, CancellationToken cancellationToken)
    {
        Attachment? found = await context.Attachments.FindAsync([attachment], cancellationToken);
        if (found is not { Location: null })
        {
            return;
        }

        string name = $"{found.Id:N}/{found.FileName}";
        await using FileStream content = File.OpenRead(Path.Combine("incoming", found.Id.ToString("N")));
        await container.GetBlobClient(name).UploadAsync(content, overwrite: true, cancellationToken);
        found.Location = name;
        await context.SaveChangesAsync(cancellationToken);
    }
}
