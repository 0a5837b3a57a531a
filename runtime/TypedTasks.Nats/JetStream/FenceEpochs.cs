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
    /// <param name="lane">The lane.</param>
    /// <param name="serverId">The server's name for this start of it.</param>
    /// <param name="suspectUntil">Where the lane's stream ended when the server began, as whoever saw that found it; 0 for others.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<LaneEpoch> ObtainAsync(Lane lane, string serverId, ulong suspectUntil, CancellationToken cancellationToken)
    {
        string key = InternalKeys.Epoch(lane);
        while (true)
        {
            StateEntry? entry = await state.GetAsync(key, cancellationToken).ConfigureAwait(false);
            LaneEpoch last = Read(entry);
            bool isSame = last.ServerId == serverId;
            if (isSame && last.SuspectUntil >= suspectUntil)
            {
                return last;
            }

            var next = new LaneEpoch(isSame ? last.Number : Math.Max(last.Number + 1, (long)(engine.Time.GetUtcNow() - Beginning).TotalMinutes), serverId, suspectUntil);
            byte[] value = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{next.Number} {serverId} {suspectUntil}"));
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
    public async ValueTask<LaneEpoch> CurrentAsync(Lane lane, CancellationToken cancellationToken) =>
        Read(await state.GetAsync(InternalKeys.Epoch(lane), cancellationToken).ConfigureAwait(false));

    private static LaneEpoch Read(StateEntry? entry)
    {
        string[] parts = entry is { } found ? Encoding.UTF8.GetString(found.Value.Span).Split(' ', 3) : [];
        return parts.Length >= 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? new LaneEpoch(number, parts[1], parts.Length == 3 && ulong.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out ulong until) ? until : 0)
            : new LaneEpoch(0, "", 0);
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

/// <summary>An epoch of a lane.</summary>
/// <param name="Number">Its number, which grows.</param>
/// <param name="ServerId">The start of the server that it began with.</param>
/// <param name="SuspectUntil">What the stream held when that server began ends here: it may have been delivered before, whatever the server counts.</param>
internal readonly record struct LaneEpoch(long Number, string ServerId, ulong SuspectUntil);
