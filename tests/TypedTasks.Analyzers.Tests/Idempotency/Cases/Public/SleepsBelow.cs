// A throttle that sleeps, a few calls down.
using System.Net.Http;

public static class Throttle
{
    public static async Task<string> GetAsync(HttpClient http, Uri address, CancellationToken stop)
    {
        Wait();
        return await http.GetStringAsync(address, stop);
    }

    private static void Wait() => Thread.Sleep(200);
}

[TaskContract]
public interface IScrapes
{
    [Task, Idempotent]
    Task<int> ScrapeAsync(Uri[] pages, CancellationToken cancellationToken = default);
}

public sealed class ScrapeWorker(HttpClient http) : IScrapes
{
    public async Task<int> ScrapeAsync(Uri[] pages, CancellationToken cancellationToken)
    {
        int length = 0;
        foreach (Uri page in pages)
        {
            length += (await {|TT505:Throttle.GetAsync(http, page, cancellationToken)|}).Length;
        }

        return length;
    }
}
