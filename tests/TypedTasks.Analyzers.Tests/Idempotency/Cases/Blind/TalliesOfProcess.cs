// What a worker's process remembers: a tally by kind, a queue of what is to be flushed, a channel that somebody drains.
using System.Collections.Concurrent;
using System.Threading.Channels;

public sealed record ScannedTicket(Guid Ticket, string Gate, string Kind);

public static class GateTallies
{
    private static readonly ConcurrentDictionary<string, int> ByKind = new(StringComparer.Ordinal);
    private static readonly ConcurrentQueue<ScannedTicket> Pending = new();

    public static int Tally(string kind) => ByKind.AddOrUpdate(kind, 1, static (_, count) => count + 1);

    public static void Remember(ScannedTicket ticket) => Pending.Enqueue(ticket);

    public static IEnumerable<ScannedTicket> Drain()
    {
        while (Pending.TryDequeue(out ScannedTicket? next))
        {
            yield return next;
        }
    }
}

[TaskContract]
public interface IGateScans
{
    [Task, Idempotent]
    Task ScannedAsync(ScannedTicket ticket, CancellationToken cancellationToken = default);
}

public sealed class GateScanWorker(Channel<ScannedTicket> turnstile) : IGateScans
{
    private const int Crowded = 10_000;

    public async Task ScannedAsync(ScannedTicket ticket, CancellationToken cancellationToken)
    {
        int tally = {|TT415:GateTallies.Tally(ticket.Kind)|};
        {|TT415:GateTallies.Remember(ticket)|};
        if (tally < Crowded)
        {
            await {|TT415:turnstile.Writer.WriteAsync(ticket, cancellationToken)|};
        }
    }
}
