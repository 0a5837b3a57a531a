// Old rows and their files go; what is gone is gone.
using System.IO;
using Microsoft.EntityFrameworkCore;

public sealed class StoredUpload
{
    public Guid Id { get; set; }
    public string Path { get; set; } = "";
    public DateTimeOffset Uploaded { get; set; }
}

public sealed class StoredUploadContext : DbContext
{
    public DbSet<StoredUpload> Uploads => Set<StoredUpload>();
}

[TaskContract]
public interface IUploadCleanup
{
    [Task, Idempotent]
    Task CleanAsync(int days, TaskContext context = null!);
}

public sealed class UploadCleanupWorker(StoredUploadContext database, TimeProvider time) : IUploadCleanup
{
    public async Task CleanAsync(int days, TaskContext context)
    {
        DateTimeOffset before = time.GetUtcNow().AddDays(-days);
        int removed = 0;
        foreach (StoredUpload upload in await database.Uploads.Where(one => one.Uploaded < before).ToListAsync(context.CancellationToken))
        {
            if (File.Exists(upload.Path))
            {
                File.Delete(upload.Path);
            }

            database.Uploads.Remove(upload);
            removed++;
            await context.ReportAsync(removed);
        }

        await database.SaveChangesAsync(context.CancellationToken);
    }
}
