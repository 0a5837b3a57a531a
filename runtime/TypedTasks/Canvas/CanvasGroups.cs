using System.Buffers;
using TypedTasks.Engine;
using TypedTasks.MessagePack;

namespace TypedTasks.Canvases;

/// <summary>The groups of canvases, as they are kept in the engine's state: their records, and the results of their members.</summary>
internal sealed class CanvasGroups(ITaskEngine engine, Action<IThreadPoolWorkItem> queue)
{
    /// <summary>How long a group waits for its next member, and a canvas is known to its handles, unless the engine keeps nothing as long.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    // How long a joined group is remembered: for members that are delivered once more.
    private static readonly TimeSpan KeptJoined = TimeSpan.FromHours(1);

    private readonly GroupTallies _tallies = new(engine.State, queue);

    /// <summary>How long what a canvas needs is kept of which nothing runs for so long.</summary>
    internal TimeSpan KeepAfter(TimeSpan delay) => engine.Limits.Keep(delay > TimeSpan.Zero ? Kept + delay : Kept);

    private TimeSpan Keep => KeepAfter(TimeSpan.Zero);

    /// <summary>Writes down what follows a group. A group that is known already stays as it is.</summary>
    /// <exception cref="PayloadTooLargeException">What follows is larger than the engine takes.</exception>
    internal async ValueTask BeginAsync(SequenceGroup group, CanvasSequence next, TimeSpan keep, CancellationToken cancellationToken)
    {
        byte[] record = GroupRecord.Begin(group, next.ToBytes()).ToBytes();
        ThrowIfTooLarge(record.Length);
        await engine.State.CreateAsync(GroupRecord.KeyOf(group.Id), record, keep, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="CanvasLostException">The record is not there any more.</exception>
    internal async ValueTask<GroupState> ReadAsync(TaskId group, CancellationToken cancellationToken) =>
        GroupTallies.Open(group, await engine.State.GetAsync(GroupRecord.KeyOf(group), cancellationToken).ConfigureAwait(false));

    /// <summary>Notes the end of a member, its result first.</summary>
    /// <returns>The group, and whether the caller goes on with what follows it.</returns>
    /// <exception cref="CanvasLostException">The record is not there any more, or the result cannot be passed on.</exception>
    internal async ValueTask<(GroupState Group, bool GoesOn)> EndAsync(SequenceJoin join, bool succeeded, ReadOnlyMemory<byte> result, CancellationToken cancellationToken)
    {
        GroupState seen = await ReadAsync(join.Group, cancellationToken).ConfigureAwait(false);
        seen.Record.ThrowIfNoMember(join.Place);
        if (succeeded && seen.Record is { PassesResults: true, IsJoined: false } && !seen.Record.HasSucceeded(join.Place))
        {
            await KeepResultAsync(join, result, cancellationToken).ConfigureAwait(false);
        }

        (GroupState group, bool isWriter) = await _tallies.NoteAsync(join, succeeded, seen, Keep, cancellationToken).ConfigureAwait(false);
        return (group, isWriter && group.Record is { IsFull: true, IsJoined: false });
    }

    /// <summary>The results of those that succeeded as one array, in the group's order; empty where none are passed on, and null where the group was joined meanwhile.</summary>
    /// <exception cref="CanvasLostException">A result is not there any more.</exception>
    /// <exception cref="PayloadTooLargeException">Together they are larger than the engine takes.</exception>
    internal async ValueTask<ReadOnlyMemory<byte>?> GatherAsync(TaskId group, GroupRecord record, CancellationToken cancellationToken)
    {
        if (!record.PassesResults)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        try
        {
            return await ReadResultsAsync(group, record, cancellationToken).ConfigureAwait(false);
        }
        catch (CanvasLostException)
        {
            // Another worker saw the group full as well, has gone on, and has taken the results away.
            if ((await ReadAsync(group, cancellationToken).ConfigureAwait(false)).Record.IsJoined)
            {
                return null;
            }

            throw;
        }
    }

    /// <summary>
    /// The group is joined, which is on record when this returns: a member that is requeued after the join is forgotten would have it run again. Its results are of no use any more; what cannot be taken
    /// away now goes with its time.
    /// </summary>
    internal async ValueTask CloseAsync(TaskId group, GroupState joined, CancellationToken cancellationToken)
    {
        GroupState state = joined;
        while (!state.Record.IsJoined)
        {
            GroupRecord closed = state.Record.AsJoined();

            // What has failed may be requeued for as long as a member may come.
            TimeSpan keep = closed.HasFailures ? Keep : engine.Limits.Keep(KeptJoined);
            StateWrite write = await engine.State.ReplaceAsync(GroupRecord.KeyOf(group), state.Revision, closed.ToBytes(), keep, cancellationToken).ConfigureAwait(false);
            if (write.Applied)
            {
                await TidyAsync(group, closed, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (write.Current.Value.IsEmpty)
            {
                return;
            }

            state = GroupTallies.Open(group, write.Current);
        }
    }

    private async ValueTask TidyAsync(TaskId group, GroupRecord record, CancellationToken cancellationToken)
    {
        if (!record.PassesResults)
        {
            return;
        }

        try
        {
            await CanvasRunner.WindowedAsync(record.Members, async place =>
            {
                if (record.HasSucceeded(place))
                {
                    await engine.State.TakeAwayAsync(GroupRecord.ResultKeyOf(group, place), cancellationToken).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }
        catch (TaskEngineException)
        {
        }
    }

    private async ValueTask KeepResultAsync(SequenceJoin join, ReadOnlyMemory<byte> result, CancellationToken cancellationToken)
    {
        if (result.IsEmpty)
        {
            throw new CanvasLostException($"The result of member {join.Place} of the group {join.Group} is to be passed on, and there is none that could be: it is too large for the engine.");
        }

        ThrowIfTooLarge(result.Length);

        // The first stays, if the member runs twice.
        await engine.State.CreateAsync(GroupRecord.ResultKeyOf(join.Group, join.Place), result, Keep, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadResultsAsync(TaskId group, GroupRecord record, CancellationToken cancellationToken)
    {
        int[] places = [.. Enumerable.Range(0, record.Members).Where(record.HasSucceeded)];
        var results = new ReadOnlyMemory<byte>[places.Length];
        await CanvasRunner.WindowedAsync(places.Length, async number =>
        {
            StateEntry? entry = await engine.State.GetAsync(GroupRecord.ResultKeyOf(group, places[number]), cancellationToken).ConfigureAwait(false);
            results[number] = entry is { } found
                ? found.Value
                : throw new CanvasLostException($"The result of member {places[number]} of the group {group} is not kept any more.");
        }).ConfigureAwait(false);

        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer, engine.Limits.MaxEnvelopeLength);
        writer.WriteArrayHeader(results.Length);
        foreach (ReadOnlyMemory<byte> result in results)
        {
            writer.WriteRaw(result.Span);
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    private void ThrowIfTooLarge(int length)
    {
        if (length > engine.Limits.MaxOutcomeLength)
        {
            throw new PayloadTooLargeException(length, engine.Limits.MaxOutcomeLength);
        }
    }
}
