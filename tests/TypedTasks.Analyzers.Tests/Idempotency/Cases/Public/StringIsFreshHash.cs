// A file under a string's hash, which every process computes differently; a digest is the same everywhere.
using System.IO;
using System.Security.Cryptography;
using System.Text;

[TaskContract]
public interface IHashedFiles
{
    [Task, Idempotent]
    Task StoreAsync(string url, string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task StoreByDigestAsync(string url, string text, CancellationToken cancellationToken = default);
}

public sealed class HashedFileWorker : IHashedFiles
{
    public async Task StoreAsync(string url, string text, CancellationToken cancellationToken) =>
        await {|TT418:File.WriteAllTextAsync($"cache/{url.GetHashCode():x}.txt", text, cancellationToken)|};

    public async Task StoreByDigestAsync(string url, string text, CancellationToken cancellationToken)
    {
        string digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(url)));
        await File.WriteAllTextAsync($"cache/{digest}.txt", text, cancellationToken);
    }
}
