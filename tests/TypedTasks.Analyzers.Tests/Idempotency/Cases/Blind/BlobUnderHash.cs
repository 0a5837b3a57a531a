// A blob whose name is the hash of what is in it.
using System.IO;
using System.Security.Cryptography;
using Azure.Storage.Blobs;

[TaskContract]
public interface IHashedBlobs
{
    [Task, Idempotent]
    ValueTask<string> StoreAsync(string file, CancellationToken cancellationToken = default);
}

public sealed class HashedBlobWorker(BlobContainerClient container) : IHashedBlobs
{
    public async ValueTask<string> StoreAsync(string file, CancellationToken cancellationToken)
    {
        await using FileStream stream = File.OpenRead(file);
        string name = Convert.ToHexString(await SHA256.HashDataAsync(stream, cancellationToken));
        stream.Position = 0;
        await container.GetBlobClient($"{name[..2]}/{name}").UploadAsync(stream, overwrite: true, cancellationToken);
        return name;
    }
}
