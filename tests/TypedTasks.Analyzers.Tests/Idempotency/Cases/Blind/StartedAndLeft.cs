// Three ways to start something and leave it, and one that is waited for.
using System.Net.Http;

[TaskContract]
public interface IPartnerPings
{
    [Task, Idempotent]
    Task PingAsync(Guid partner, Uri[] mirrors, CancellationToken cancellationToken = default);
}

public sealed class PartnerPingWorker(HttpClient http) : IPartnerPings
{
    public async Task PingAsync(Guid partner, Uri[] mirrors, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PutAsync($"partners/{partner}/seen", null, cancellationToken);
        response.EnsureSuccessStatusCode();

        _ = {|TT502:Task.Run(async () => await WarmAsync(mirrors, cancellationToken), cancellationToken)|};
        {|TT502:Task.Factory.StartNew(() => Console.WriteLine(mirrors.Length), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)|};
        foreach (Uri mirror in mirrors)
        {
            {|TT502:HeadAsync(mirror)|}.ConfigureAwait(false);
        }

        Task last = HeadAsync(mirrors[^1]);
        await last;

        async Task HeadAsync(Uri mirror)
        {
            using HttpRequestMessage request = new(HttpMethod.Head, mirror);
            using HttpResponseMessage head = await http.SendAsync(request, cancellationToken);
            head.EnsureSuccessStatusCode();
        }
    }

    private async Task WarmAsync(IEnumerable<Uri> mirrors, CancellationToken cancellationToken)
    {
        foreach (Uri mirror in mirrors)
        {
            string page = await http.GetStringAsync(mirror, cancellationToken);
            Console.WriteLine(page.Length);
        }
    }
}
