using System.Security.Cryptography;

namespace TypedTasks.Nats.Connection;

/// <summary>The servers to try: those that were configured and those that the cluster told of, in an order shuffled anew for every round.</summary>
/// <remarks>Used by the connection's loop alone.</remarks>
internal sealed class ServerPool(IReadOnlyList<NatsEndpoint> configured, bool discover)
{
    private readonly List<NatsEndpoint> _discovered = [];
    private readonly Queue<NatsEndpoint> _round = new();

    /// <summary>The next server to try, and whether it begins a round: then it is time to pause.</summary>
    public NatsEndpoint Next(out bool beginsRound)
    {
        beginsRound = _round.Count == 0;
        if (beginsRound)
        {
            NatsEndpoint[] all = [.. configured, .. _discovered.Where(d => !configured.Any(c => c.Host == d.Host && c.Port == d.Port))];
            RandomNumberGenerator.Shuffle(all.AsSpan());
            foreach (NatsEndpoint endpoint in all)
            {
                _round.Enqueue(endpoint);
            }
        }

        return _round.Dequeue();
    }

    /// <summary>How many servers a round holds.</summary>
    public int Count => configured.Count + _discovered.Count;

    /// <summary>After a connection was made: starts a new round, and learns the cluster's members.</summary>
    public void Learn(IReadOnlyList<string> connectUrls, NatsEndpoint from)
    {
        _round.Clear();
        if (!discover || connectUrls.Count == 0)
        {
            return;
        }

        _discovered.Clear();
        foreach (string url in connectUrls)
        {
            try
            {
                // What a cluster tells is reached as its teller was: TLS is never given up on the way.
                NatsEndpoint endpoint = NatsEndpoint.Parse(url, out _, out _) with { RequiresTls = from.RequiresTls };
                _discovered.Add(endpoint);
            }
            catch (TaskConfigurationException)
            {
                // An address that cannot be read is of no use; the others are.
            }
        }
    }
}
