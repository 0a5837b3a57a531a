using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IHeartbeats
{
    [Task, Idempotent]
    Task BeatAsync(string host);
}

public sealed class HeartbeatWorker(HttpClient http, TimeProvider time, ILogger<HeartbeatWorker> log) : IHeartbeats
{
    public async Task BeatAsync(string host)
    {
        DateTimeOffset now = time.GetUtcNow();
        Guid trace = Guid.NewGuid();
        log.LogInformation("Beat {Host} {Trace}", host, trace);
        await http.PutAsJsonAsync($"/hosts/{host}/seen", new { now, trace });
    }
}
