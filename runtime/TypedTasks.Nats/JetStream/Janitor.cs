using System.Globalization;
using TypedTasks.Nats.Connection;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Puts right what a killed server remembers wrongly of a lane. <b>Orphans</b>: messages that were settled, came back, and are never delivered, but count against the
/// queue's limit. Everything at or below the acknowledgement floor of a lane's only consumer was settled, so removing it loses nothing. One by one, for a purge by
/// sequence loses pending tasks on servers before 2.9.15. <b>Ghosts</b>: deliveries that the server waits for although their messages are settled and gone. Server 2.9 tries to
/// deliver one of them whenever somebody asks for tasks, finds nothing, and delivers nothing else: a few of them hold up a lane for ever. An acknowledgement lays one to rest.
/// <b>Rewinds</b>: a stream that ends before where its consumer has come, for it was forgotten and the consumer was not. What is published then has numbers that the consumer counts as settled.
/// </summary>
internal sealed class Janitor(NatsEngine engine)
{
    private const int AtOnce = 256;

    // What was sent to workers and is not settled is bounded; only other lanes of the queue can make the way longer.
    private const int MostSteps = 50_000;

    /// <summary>How far a lane has come; null when it does not exist.</summary>
    public async ValueTask<LaneState?> LookAsync(Lane lane, CancellationToken cancellationToken) =>
        LaneState.Read(await engine.Topology.FindConsumerAsync(engine.Names.Of(lane), cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Whether the stream ends before where its consumer has come, or has done so: then nothing that the consumer says of the stream's messages is true.
    /// </summary>
    /// <param name="lane">The lane.</param>
    /// <param name="state">How far the consumer has come, read before this is called.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<bool> IsRewoundAsync(Lane lane, LaneState state, CancellationToken cancellationToken)
    {
        // With replicas the other servers remember.
        if (engine.Options.Replicas > 1 || state.Delivered == 0)
        {
            return false;
        }

        LaneNames names = engine.Names.Of(lane);
        ulong end = await engine.Topology.FindEndAsync(names, cancellationToken).ConfigureAwait(false);
        bool isRewound = end < state.Delivered;
        if (!isRewound && await engine.WorkApi.GetNextAsync(names.Stream, names.Filter, 1, cancellationToken).ConfigureAwait(false) is { } first && first.Sequence <= state.Delivered)
        {
            // Enough may have been enqueued meanwhile to hide it.
            isRewound = engine.Consumers.Any(consumer => consumer.Lane == lane && consumer.Progress.IsContradictedBy(first, state.CreatedAt));
        }

        if (isRewound)
        {
            EngineLog.StreamRewound(engine.Logger, lane.ToString(), end, state.Delivered);
        }

        return isRewound;
    }

    /// <summary>Removes the orphans at or below the floor, until there is one that has not ended, whatever the server's floor says.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="state">How far it has come; it may be further by now.</param>
    /// <param name="until">Where the stream ended when the server began: nothing beyond it came back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<OrphanSweep> RemoveOrphansAsync(Lane lane, LaneState state, ulong until, CancellationToken cancellationToken)
    {
        LaneNames names = engine.Names.Of(lane);
        string server = engine.WorkConnection.Info.ServerId;
        ulong next = 1;
        long removed = 0;
        while (await engine.WorkApi.GetNextAsync(names.Stream, names.Filter, next, cancellationToken).ConfigureAwait(false) is { } message && message.Sequence <= state.Floor)
        {
            if (engine.WorkConnection.Info.ServerId != server)
            {
                // Another start of the server, of whose stream nothing is known yet.
                return OrphanSweep.ToBeContinued;
            }

            if (await IsClaimedAsync(message, cancellationToken).ConfigureAwait(false))
            {
                EngineLog.UnsettledBelowFloor(engine.Logger, message.Subject, message.Sequence, lane.ToString(), state.Floor);
                return OrphanSweep.Contradicted;
            }

            if (await engine.WorkApi.DeleteAsync(names.Stream, message.Sequence, cancellationToken).ConfigureAwait(false))
            {
                removed++;
            }

            next = message.Sequence + 1;
        }

        if (removed > 0)
        {
            EngineLog.OrphansRemoved(engine.Logger, removed, lane.ToString());
        }

        return state.Pending == 0 || state.Floor >= until ? OrphanSweep.Done : OrphanSweep.ToBeContinued;
    }

    // A claim that no outcome has replaced.
    private async ValueTask<bool> IsClaimedAsync(StoredMessage message, CancellationToken cancellationToken) =>
        message.TryReadTask(out TaskId id)
        && await engine.WorkRecords.GetAsync(id, cancellationToken).ConfigureAwait(false) is { IsExpired: false } record
        && TaskRecord.Read(record.Body) is { HasEnded: false };

    /// <summary>
    /// Lays the ghosts, once after a server was started anew: everything that was sent to workers, is above the floor, and is no message any more, is acknowledged.
    /// Which of them the server waits for it does not tell; the others it does not know, and ignores.
    /// </summary>
    /// <returns>Whether there could be any: then the floor may be higher now.</returns>
    public async ValueTask<bool> LayGhostsAsync(Lane lane, LaneState before, CancellationToken cancellationToken)
    {
        // With replicas the other servers remember; and a message that one of them does not show may only not have come there yet.
        if (engine.Options.Replicas > 1 || before.Pending == 0)
        {
            return false;
        }

        LaneNames names = engine.Names.Of(lane);
        string server = engine.WorkConnection.Info.ServerId;
        var answers = new List<Task>(AtOnce);
        ulong at = before.Floor + 1;
        for (int step = 0; at <= before.Delivered && step < MostSteps; step++)
        {
            // Of whatever lane: what belongs to another one is there, and none of ours.
            StoredMessage? message = await engine.WorkApi.GetNextAsync(names.Stream, ">", at, cancellationToken).ConfigureAwait(false);
            if (engine.WorkConnection.Info.ServerId != server)
            {
                // Another start of the server, to which messages may have come back.
                return true;
            }

            ulong next = message?.Sequence ?? ulong.MaxValue;
            for (; at < next && at <= before.Delivered; at++)
            {
                answers.Add(AcknowledgeAsync(names, at, cancellationToken));
                if (answers.Count == AtOnce)
                {
                    await Task.WhenAll(answers).ConfigureAwait(false);
                    answers.Clear();
                }
            }

            at = Math.Max(at, next == ulong.MaxValue ? at : next + 1);
        }

        await Task.WhenAll(answers).ConfigureAwait(false);
        EngineLog.GhostsLaid(engine.Logger, lane.ToString(), before.Pending, before.Floor, before.Delivered);
        return true;
    }

    // The consumer's own number of the delivery is left at zero: the server looks its own up, and moves no floor for a delivery that it does not know.
    private async Task AcknowledgeAsync(LaneNames names, ulong sequence, CancellationToken cancellationToken)
    {
        var call = new RequestCall { IsSentOnce = true };
        engine.WorkApi.Begin(call, string.Create(CultureInfo.InvariantCulture, $"$JS.ACK.{names.Stream}.{names.Consumer}.1.{sequence}.0.0.0"));
        call.Frame.BeginPayloadWithoutHeaders(engine.WorkConnection.ReplyLength);
        call.Frame.Append("+ACK"u8);
        call.Frame.End();
        await call.SendAsync(engine.WorkConnection, cancellationToken).ConfigureAwait(false);
        if (call.Failure != CallFailure.None)
        {
            throw Failures.Of(call, "Cleaning a lane", engine.WorkConnection);
        }
    }
}
