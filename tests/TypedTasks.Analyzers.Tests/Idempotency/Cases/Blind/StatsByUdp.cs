// A price list is written; that it was, and how long it took, goes to the collector of figures by UDP.
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Text;

public sealed class StatsdClient(UdpClient udp)
{
    public async ValueTask TimingAsync(string name, TimeSpan took) => await udp.SendAsync(Encoding.ASCII.GetBytes($"{name}:{took.TotalMilliseconds:F0}|ms"));
}

[TaskContract]
public interface IMarketLists
{
    [Task, Idempotent]
    Task WriteAsync(string market, string[] prices, CancellationToken cancellationToken = default);
}

public sealed class PriceListWorker(StatsdClient stats) : IMarketLists
{
    public async Task WriteAsync(string market, string[] prices, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        await File.WriteAllLinesAsync(Path.Combine("lists", $"{market}.txt"), prices, cancellationToken);
        await stats.TimingAsync("lists.written", Stopwatch.GetElapsedTime(start));
    }
}
