// Work for every site that nobody waits for: the loop and the timer take lambdas that return nothing.
using System.Net.Http;

[TaskContract]
public interface ISiteChecks
{
    [Task, Idempotent]
    Task CheckAsync(string[] sites, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task WatchAsync(string site, CancellationToken cancellationToken = default);
}

public sealed class SiteCheckWorker(HttpClient http) : ISiteChecks
{
    public Task CheckAsync(string[] sites, CancellationToken cancellationToken)
    {
        Parallel.ForEach(sites, {|TT501:async site => await http.GetAsync(site, cancellationToken)|});
        return Task.CompletedTask;
    }

    public async Task WatchAsync(string site, CancellationToken cancellationToken)
    {
        await using Timer timer = new({|TT501:async _ => await http.GetAsync(site, cancellationToken)|}, null, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await Task.Delay(TimeSpan.FromSeconds(8), cancellationToken);
    }
}
