// Files that nobody refers to any more are deleted, a folder's and a bucket's.
using System.IO;
using Amazon.S3;
using Microsoft.EntityFrameworkCore;

public sealed class Cover
{
    public int Id { get; set; }
    public string FileName { get; set; } = "";
}

public sealed class CoverContext : DbContext
{
    public DbSet<Cover> Covers => Set<Cover>();
}

[TaskContract]
public interface IOrphanCleanup
{
    [Task, Idempotent]
    Task CleanAsync(string folder, CancellationToken cancellationToken = default);
}

public sealed class OrphanCleanupWorker(CoverContext covers, IAmazonS3 s3) : IOrphanCleanup
{
    public async Task CleanAsync(string folder, CancellationToken cancellationToken)
    {
        HashSet<string> used = [.. await covers.Covers.Select(cover => cover.FileName).ToListAsync(cancellationToken)];
        foreach (string file in Directory.EnumerateFiles(folder, "*.png").Where(file => !used.Contains(Path.GetFileName(file))))
        {
            File.Delete(file);
            await s3.DeleteObjectAsync("covers", Path.GetFileName(file), cancellationToken);
        }
    }
}
