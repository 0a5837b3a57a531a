using TypedTasks.Shared;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Finds tasks whose id was made for their publishing, which share one subject of their lane: one that this process published lately by its number in the stream, any other by the time in its id,
/// near which it was stored. Safe from any thread.
/// </summary>
internal sealed class FreshTasks(NatsEngine engine)
{
    // Where a publish was not confirmed: numbers begin at 1.
    private const ulong Nowhere = 0;

    // Read side by side.
    private const int AtOnce = 64;

    // By clocks that agree a task is stored after its id was made, and before its publisher gave up. That is looked at first.
    private static readonly TimeSpan Agreement = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(1);

    private readonly RecentPublishes _recent = new();

    /// <summary>A task was accepted; a duplicate is where the first one is.</summary>
    public void OnAccepted(TaskId id, ulong sequence) => _recent.Remember(id, (long)sequence);

    /// <summary>It is not known whether a task was accepted.</summary>
    public void OnUnconfirmed(TaskId id) => _recent.Remember(id, (long)Nowhere);

    /// <summary>Whether this process lately published the task as a fresh one, or found it.</summary>
    public bool Knows(TaskId id) => _recent.TryGet(id, out _);

    /// <summary>Looks for a task in a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="id">The task.</param>
    /// <param name="most">How many messages are looked at, about; then it is taken for waiting.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its number in the stream, the highest there is for one that was not found within <paramref name="most"/>; null where it is not in the lane.</returns>
    public async ValueTask<ulong?> FindAsync(LaneNames lane, TaskId id, int most, CancellationToken cancellationToken)
    {
        if (_recent.TryGet(id, out long known) && (ulong)known != Nowhere)
        {
            StoredMessage? message = await engine.WorkApi.GetAtAsync(lane.Stream, (ulong)known, cancellationToken).ConfigureAwait(false);
            return Holds(message, lane, id) ? (ulong)known : null;
        }

        if (!IdTime.TryRead(id, out long made) || made > Milliseconds.Latest)
        {
            return null;
        }

        ulong? found = await SearchAsync(lane, id, DateTimeOffset.FromUnixTimeMilliseconds(made), most, cancellationToken).ConfigureAwait(false);
        if (found is { } sequence && sequence != ulong.MaxValue)
        {
            // Whoever waits for it asks again.
            OnAccepted(id, sequence);
        }

        return found;
    }

    private async ValueTask<ulong?> SearchAsync(LaneNames lane, TaskId id, DateTimeOffset made, int most, CancellationToken cancellationToken)
    {
        TimeSpan longest = engine.Options.PublishTimeout + ClockMargin;
        DateTimeOffset latest = longest < DateTimeOffset.MaxValue - made ? made + longest : DateTimeOffset.MaxValue;
        if (await NextAsync(lane, 1, cancellationToken).ConfigureAwait(false) is not { } first || first.Time > latest)
        {
            return null;
        }

        ulong end = 1 + await engine.Topology.FindEndAsync(lane, cancellationToken).ConfigureAwait(false);
        ulong near = await FirstSinceAsync(lane, first.Sequence, end, made - Agreement, cancellationToken).ConfigureAwait(false);
        if (await WalkAsync(lane, id, near, end, latest, most, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found;
        }

        ulong far = await FirstSinceAsync(lane, first.Sequence, near, made - ClockMargin, cancellationToken).ConfigureAwait(false);
        return await WalkAsync(lane, id, far, near, latest, most, cancellationToken).ConfigureAwait(false);
    }

    // The stream's messages are stored one after the other, so their times only grow. Returns a number at or before the first one that is not older.
    private async ValueTask<ulong> FirstSinceAsync(LaneNames lane, ulong from, ulong until, DateTimeOffset time, CancellationToken cancellationToken)
    {
        while (from < until)
        {
            ulong middle = from + ((until - from) / 2);
            if (await NextAsync(lane, middle, cancellationToken).ConfigureAwait(false) is { } message && message.Sequence < until && message.Time < time)
            {
                from = message.Sequence + 1;
            }
            else
            {
                until = middle;
            }
        }

        return from;
    }

    private async ValueTask<ulong?> WalkAsync(LaneNames lane, TaskId id, ulong from, ulong until, DateTimeOffset latest, int most, CancellationToken cancellationToken)
    {
        var some = new List<Task<StoredMessage?>>(AtOnce);
        for (int looked = 0; from < until; looked += AtOnce)
        {
            if (looked >= most)
            {
                return ulong.MaxValue;
            }

            // Over what is gone in one step, and from there on all that may be there at once.
            if (await NextAsync(lane, from, cancellationToken).ConfigureAwait(false) is not { } next || next.Time > latest)
            {
                return null;
            }

            some.Clear();
            some.Add(Task.FromResult<StoredMessage?>(next));
            for (from = next.Sequence + 1; from < until && some.Count < AtOnce; from++)
            {
                some.Add(engine.WorkApi.GetAtAsync(lane.Stream, from, cancellationToken).AsTask());
            }

            StoredMessage?[] messages = await Task.WhenAll(some).ConfigureAwait(false);
            if (Array.Find(messages, message => Holds(message, lane, id)) is { } found)
            {
                return found.Sequence;
            }
        }

        return null;
    }

    private ValueTask<StoredMessage?> NextAsync(LaneNames lane, ulong from, CancellationToken cancellationToken) =>
        engine.WorkApi.GetNextAsync(lane.Stream, lane.Fresh, from, cancellationToken);

    private static bool Holds(in StoredMessage? message, LaneNames lane, TaskId id) =>
        message is { } found && found.Subject == lane.Fresh && found.TryReadTask(out TaskId held) && held == id;
}
