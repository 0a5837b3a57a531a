// A database of places is downloaded and put in its place, unless today's is there.
using System.IO;
using System.IO.Compression;
using System.Net.Http;
using Microsoft.Extensions.Logging;

public sealed record StoredFile(string Path, DateTime Modified);

public interface IFileStorage
{
    Task<StoredFile?> GetFileInfoAsync(string path);
    Task<bool> SaveFileAsync(string path, Stream stream, CancellationToken cancellationToken);
}

[TaskContract]
public interface IGeoDatabases
{
    [Task, Idempotent]
    Task DownloadAsync(string license, CancellationToken cancellationToken = default);
}

public sealed class GeoDatabaseWorker(HttpClient http, IFileStorage storage, TimeProvider time, ILogger<GeoDatabaseWorker> log) : IGeoDatabases
{
    private const string FileName = "places.mmdb";

    public async Task DownloadAsync(string license, CancellationToken cancellationToken)
    {
        StoredFile? stored = await storage.GetFileInfoAsync(FileName);
        if (stored is not null && stored.Modified > time.GetUtcNow().UtcDateTime.Date)
        {
            log.LogInformation("There is nothing to do");
            return;
        }

        using HttpResponseMessage answer = await http.GetAsync($"/download?key={license}", cancellationToken);
        answer.EnsureSuccessStatusCode();
        await using GZipStream content = new(await answer.Content.ReadAsStreamAsync(cancellationToken), CompressionMode.Decompress);
        await storage.SaveFileAsync(FileName, content, cancellationToken);
    }
}
