// A cache is emptied beside the work, and may fail at it.
using System.Net.Http;
using Microsoft.Extensions.Logging;

public interface ICarrierRepository
{
    Task<string> GetTokenAsync(string carrier);
}

[TaskContract]
public interface IBoxAnnouncements
{
    [Task, Idempotent]
    Task WarmAndAnnounceAsync(int box, CancellationToken cancellationToken = default);
}

public sealed class BoxAnnouncer(ICarrierRepository carriers, HttpClient http, ILogger<BoxAnnouncer> log) : IBoxAnnouncements
{
    public async Task WarmAndAnnounceAsync(int box, CancellationToken cancellationToken)
    {
        string token = await carriers.GetTokenAsync("main");
        try
        {
            await http.DeleteAsync($"/cache/{box}", cancellationToken);
        }
        catch (Exception e)
        {
            log.LogDebug(e, "The cache expires by itself");
        }

        (await http.PutAsync($"/carriers/main/boxes/{box}?token={token}", null, cancellationToken)).EnsureSuccessStatusCode();
    }
}
