// What would be wrong in a handler, in code that no handler reaches.
using System.Net.Http;
using Microsoft.Extensions.Hosting;

namespace Shop;

[TaskContract]
public interface IMail
{
    [Task, Idempotent] Task DropAsync(Guid message, CancellationToken cancellationToken = default);
}

public sealed class MailWorker(HttpClient http) : IMail
{
    public async Task DropAsync(Guid message, CancellationToken cancellationToken) =>
        (await http.DeleteAsync($"/mails/{message}", cancellationToken)).EnsureSuccessStatusCode();
}

public sealed class Poller(HttpClient http) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _ = http.PostAsync("/tick", null, stoppingToken);
                Thread.Sleep(10);
                Fire();
            }
            catch (Exception e)
            {
                Console.WriteLine(e);
            }

            await Task.Delay(1_000, CancellationToken.None);
        }
    }

    private async void Fire() => Console.WriteLine(http.GetStringAsync("/").Result + await http.GetStringAsync("/"));
}
