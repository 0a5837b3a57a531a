// Whatever happens, the lease in Redis is given back and the file is removed.
using System.IO;
using System.Net.Http;
using StackExchange.Redis;

[TaskContract]
public interface ITranscodes
{
    [Task, Idempotent]
    Task TranscodeAsync(Guid video, CancellationToken cancellationToken = default);
}

public sealed class TranscodeWorker(IDatabase redis, HttpClient http) : ITranscodes
{
    public async Task TranscodeAsync(Guid video, CancellationToken cancellationToken)
    {
        string owner = Environment.MachineName;
        if (!await redis.LockTakeAsync($"transcode:{video}", owner, TimeSpan.FromMinutes(10)))
        {
            throw new TimeoutException("Another worker is at it");
        }

        string source = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.mp4");
        try
        {
            await using (Stream input = await http.GetStreamAsync($"/videos/{video}", cancellationToken))
            await using (FileStream output = File.Create(source))
            {
                await input.CopyToAsync(output, cancellationToken);
            }

            await using FileStream result = File.OpenRead(source);
            using HttpResponseMessage stored = await http.PutAsync($"/transcoded/{video}", new StreamContent(result), cancellationToken);
            stored.EnsureSuccessStatusCode();
        }
        finally
        {
            File.Delete(source);
            await redis.LockReleaseAsync($"transcode:{video}", owner);
        }
    }
}
