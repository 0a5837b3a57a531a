// Producer and consumer within one task: what is written last, is written under its name.
using System.IO;
using System.Net.Http;
using System.Threading.Channels;

[TaskContract]
public interface ICrawls
{
    [Task, Idempotent]
    Task CrawlAsync(Guid crawl, string[] urls, CancellationToken cancellationToken = default);
}

public sealed class CrawlWorker(HttpClient http) : ICrawls
{
    public async Task CrawlAsync(Guid crawl, string[] urls, CancellationToken cancellationToken)
    {
        Channel<string> pages = Channel.CreateBounded<string>(16);
        Task producing = ProduceAsync(urls, pages.Writer, cancellationToken);
        await using StreamWriter writer = File.CreateText($"crawls/{crawl}.txt");
        await foreach (string page in pages.Reader.ReadAllAsync(cancellationToken))
        {
            await writer.WriteLineAsync(page.AsMemory(), cancellationToken);
        }

        await producing;
    }

    private async Task ProduceAsync(string[] urls, ChannelWriter<string> writer, CancellationToken cancellationToken)
    {
        foreach (string url in urls)
        {
            await writer.WriteAsync(await http.GetStringAsync(url, cancellationToken), cancellationToken);
        }

        writer.Complete();
    }
}
