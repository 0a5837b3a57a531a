// What a web request has at hand, and a queue cannot carry.
using System.IO;

public sealed record UploadedFile(string Name, long Length);

public interface IUploadPolicy
{
    bool Allows(string name);
}

[TaskContract]
public interface IUploads
{
    [Task, Idempotent]
    Task StoreAsync(Guid id, UploadedFile file);

    [Task, Idempotent]
    Task ReadAsync(Guid id, Stream {|TT302:content|});

    [Task, Idempotent]
    Task CheckAsync(Guid id, Func<string, bool> {|TT302:policy|});
}

public sealed class UploadWorker : IUploads
{
    public Task StoreAsync(Guid id, UploadedFile file) => Task.CompletedTask;

    public Task ReadAsync(Guid id, Stream content) => Task.CompletedTask;

    public Task CheckAsync(Guid id, Func<string, bool> policy) => Task.CompletedTask;
}
