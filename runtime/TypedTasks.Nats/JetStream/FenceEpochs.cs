using System.Globalization;
using System.Text;
using TypedTasks.Engine;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// The high part of a fence. The low part is the number that the server gives a delivery within its consumer; it grows with every delivery, but a server that
/// was killed may have forgotten the last ones. So every start of a server that a worker sees begins another epoch, agreed on by compare-and-set.
/// </summary>
/// <remarks>An epoch is at least the minutes since 2026: should its record be lost, the next is still greater than all before.</remarks>
internal sealed class FenceEpochs(NatsStateStore state, NatsBroadcast broadcast, NatsEngine engine)
{
    /// <summary>How many bits the delivery's number has.</summary>
    public const int Shift = 40;

    /// <summary>The delivery's number.</summary>
    public const long SequenceMask = (1L << Shift) - 1;

    private const string Channel = "~epoch";
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Listens for epochs that others begin.</summary>
    public async ValueTask StartAsync() => await broadcast.ListenAsync(Channel, OnBegun).ConfigureAwait(false);

    /// <summary>The epoch of a lane on a server; begins one when the server is not the one of the last.</summary>
    public async ValueTask<long> ObtainAsync(Lane lane, string serverId, CancellationToken cancellationToken)
    {
        string key = InternalKeys.Epoch(lane);
        while (true)
        {
            StateEntry? entry = await state.GetAsync(key, cancellationToken).ConfigureAwait(false);
            (long last, string server) = Read(entry);
            if (server == serverId)
            {
                return last;
            }

            long next = Math.Max(last + 1, (long)(engine.Time.GetUtcNow() - Beginning).TotalMinutes);
            byte[] value = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{next} {serverId}"));
            StateWrite write = entry is { } old
                ? await state.ReplaceAsync(key, old.Revision, value, engine.Options.MaxRetention, cancellationToken).ConfigureAwait(false)
                : await state.CreateAsync(key, value, engine.Options.MaxRetention, cancellationToken).ConfigureAwait(false);
            if (write.Applied)
            {
                broadcast.Send(Channel, Encoding.UTF8.GetBytes(lane.ToString()));
                return next;
            }
        }
    }

    /// <summary>The epoch of a lane as it is recorded.</summary>
    public async ValueTask<long> CurrentAsync(Lane lane, CancellationToken cancellationToken) =>
        Read(await state.GetAsync(InternalKeys.Epoch(lane), cancellationToken).ConfigureAwait(false)).Epoch;

    private static (long Epoch, string Server) Read(StateEntry? entry)
    {
        if (entry is not { } found)
        {
            return (0, "");
        }

        string[] parts = Encoding.UTF8.GetString(found.Value.Span).Split(' ', 2);
        return long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long epoch) && parts.Length == 2 ? (epoch, parts[1]) : (0, "");
    }

    private void OnBegun(ReadOnlyMemory<byte> message)
    {
        string lane = Encoding.UTF8.GetString(message.Span);
        foreach (LaneConsumer consumer in engine.Consumers)
        {
            if (consumer.Lane.ToString() == lane)
            {
                _ = consumer.RefreshEpochQuietlyAsync();
            }
        }
    }
}
