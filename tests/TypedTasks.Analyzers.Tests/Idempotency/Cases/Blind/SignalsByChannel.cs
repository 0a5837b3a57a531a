// A background service is woken by a signal; what it finds to do, it finds in the database.
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

public sealed class WakeUp
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(1);

    public void Now() => _channel.Writer.TryWrite(true);
}

public sealed class Upload
{
    public Guid Id { get; set; }
    public bool IsReady { get; set; }
}

public sealed class UploadContext : DbContext
{
    public DbSet<Upload> Uploads => Set<Upload>();
}

[TaskContract]
public interface IUploadsReady
{
    [Task, Idempotent]
    Task ReadyAsync(Guid upload, CancellationToken cancellationToken = default);
}

public sealed class UploadReadyWorker(UploadContext context, WakeUp wakeUp) : IUploadsReady
{
    public async Task ReadyAsync(Guid upload, CancellationToken cancellationToken)
    {
        await context.Uploads.Where(one => one.Id == upload).ExecuteUpdateAsync(set => set.SetProperty(one => one.IsReady, true), cancellationToken);
        wakeUp.Now();
    }
}
