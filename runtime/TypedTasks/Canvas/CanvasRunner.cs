using System.Collections.Concurrent;
using TypedTasks.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Canvases;

/// <summary>
/// Moves canvases on: enqueues a sequence's first tasks with what follows them, and joins groups. The same code begins a canvas in a client and goes on with it in a worker. Every step can be done again:
/// ids were decided beforehand, records are made once, and bits are only ever set.
/// </summary>
internal sealed class CanvasRunner(ITaskEngine engine, TimeProvider time, TaskMetrics metrics)
{
    /// <summary>How many tasks of a group are on their way to the engine at once.</summary>
    internal const int Window = 64;

    /// <summary>How long a group waits for its next member, and a canvas is known to its handles, unless the engine keeps nothing as long.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    // How long a joined group is remembered: for members that are delivered once more.
    private static readonly TimeSpan KeptJoined = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Lane, bool> _lanes = new();

    /// <summary>How long what a canvas needs is kept.</summary>
    internal TimeSpan Keep => engine.Limits.MaxTimeToLive is { } longest && longest < Kept ? longest : Kept;

    /// <summary>Begins a sequence.</summary>
    /// <param name="sequence">The sequence; nothing happens for an empty one.</param>
    /// <param name="input">The result before it, one MessagePack value; empty where there is none.</param>
    /// <param name="carry">What the steps carry.</param>
    /// <param name="accepted">Is called for each task that is enqueued and had not been before, from any thread.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CanvasLostException">What it needs is not kept any more.</exception>
    /// <exception cref="MessagePackException">The bytes are no sequence, or a step is larger than the engine takes.</exception>
    /// <exception cref="TaskException">The engine refused a step, or did not answer.</exception>
    internal async ValueTask StartAsync(CanvasSequence sequence, ReadOnlyMemory<byte> input, CanvasCarry carry, Action? accepted, CancellationToken cancellationToken)
    {
        if (sequence.Count == 0)
        {
            return;
        }

        switch (sequence.Take(out CanvasSequence rest))
        {
            case SequenceStep step:
                if (await PublishAsync(step, rest, input, carry, cancellationToken).ConfigureAwait(false) == PublishStatus.Accepted)
                {
                    accepted?.Invoke();
                }

                break;
            case SequenceGroup group:
                await StartAsync(group, rest, input, carry, accepted, cancellationToken).ConfigureAwait(false);
                break;
            case SequenceJoin join:
                await JoinAsync(join, succeeded: true, input, carry, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Tells the group that a failed task's sequence leads to, if it leads to one: the steps before that do not run.</summary>
    /// <remarks>Throws what <see cref="StartAsync(CanvasSequence, ReadOnlyMemory{byte}, CanvasCarry, Action, CancellationToken)"/> does.</remarks>
    internal async ValueTask FailAsync(CanvasSequence sequence, CanvasCarry carry, CancellationToken cancellationToken)
    {
        while (sequence.Count > 0)
        {
            if (sequence.Take(out CanvasSequence rest) is not SequenceJoin join)
            {
                sequence = rest;
                continue;
            }

            GroupRecord record = (await ReadAsync(join.Group, cancellationToken).ConfigureAwait(false)).Record;
            if (record.Join == JoinOn.AllEnded)
            {
                await JoinAsync(join, succeeded: false, default, carry, cancellationToken).ConfigureAwait(false);
                return;
            }

            // The join does not run, unless the task is requeued and succeeds: an outer group may count that as an end.
            sequence = CanvasSequence.Read(record.Next);
        }
    }

    private async ValueTask<PublishStatus> PublishAsync(SequenceStep step, CanvasSequence rest, ReadOnlyMemory<byte> input, CanvasCarry carry, CancellationToken cancellationToken)
    {
        if (step.IsLinked && input.IsEmpty)
        {
            throw new CanvasLostException($"The step '{step.Name}' is to be given the result before it, and there is none that could be sent: it is too large for the engine, or is not kept.");
        }

        if (!_lanes.ContainsKey(step.Lane))
        {
            // Of a contract that this process may know nothing of.
            await engine.StartAsync([step.Lane], cancellationToken).ConfigureAwait(false);
            _lanes[step.Lane] = true;
        }

        DateTimeOffset now = time.GetUtcNow();
        if (!SendTelemetry.IsObserved(metrics))
        {
            return await PublishAsync(step, rest, input, carry, now, carry.TraceParent, cancellationToken).ConfigureAwait(false);
        }

        SendTelemetry observed = SendTelemetry.Start(new TaskLabels(step.Lane), step.Name, step.Id, carry, metrics, time);
        try
        {
            PublishStatus status = await PublishAsync(step, rest, input, carry, now, observed.TraceParent ?? carry.TraceParent, cancellationToken).ConfigureAwait(false);
            observed.Succeeded(status);
            return status;
        }
        catch (Exception failure)
        {
            observed.Failed(failure);
            throw;
        }
    }

    private ValueTask<PublishStatus> PublishAsync(SequenceStep step, CanvasSequence rest, ReadOnlyMemory<byte> input, CanvasCarry carry, DateTimeOffset now, string? traceParent, CancellationToken cancellationToken)
    {
        DateTimeOffset ready = carry.NotBefore > now ? carry.NotBefore : now;
        var attributes = new EnvelopeAttributes
        {
            NotBefore = carry.NotBefore > now ? carry.NotBefore.ToUnixTimeMilliseconds() : 0,
            Expires = (carry.ExpiresIn ?? step.ExpiresIn) is { } expiresIn ? Client.EnqueueOptionsReading.After(ready, expiresIn).ToUnixTimeMilliseconds() : 0,
            Deadline = carry.Deadline,
            TraceParent = traceParent,
            TraceState = carry.TraceState,
            Parent = carry.Parent,
            Headers = carry.Headers,
            Canvas = new CanvasPlace(carry.Canvas, rest.ToBytes()),
        };
        var envelope = new StepEnvelope(step, input, now.ToUnixTimeMilliseconds(), attributes, engine.Limits.MaxEnvelopeLength);
        return engine.PublishAsync(new TaskAddress(step.Lane, step.Id, carry.NotBefore) { IsFresh = carry.IsFresh }, envelope, cancellationToken);
    }

    /// <summary>The record first, for a member may end before the next is enqueued.</summary>
    private async ValueTask StartAsync(SequenceGroup group, CanvasSequence rest, ReadOnlyMemory<byte> input, CanvasCarry carry, Action? accepted, CancellationToken cancellationToken)
    {
        if (group.Join is { } when)
        {
            byte[] record = GroupRecord.Begin(group, when, rest.ToBytes()).ToBytes();
            ThrowIfTooLarge(record.Length);
            await engine.State.CreateAsync(GroupRecord.KeyOf(group.Id), record, Keep, cancellationToken).ConfigureAwait(false);
        }

        await WindowedAsync(group.Members.Length, async place =>
        {
            CanvasSequence end = group.Join is null ? default : CanvasSequence.Read(CanvasFormat.WriteJoin(group.Id, place));
            CanvasSequence member = CanvasSequence.Read(CanvasSequence.Read(group.Members[place]).ToBytes(end));
            await StartAsync(member, input, carry, accepted, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Notes the end of a member, its result first; whoever sees the group full goes on with what follows, once for all by its id.</summary>
    private async ValueTask JoinAsync(SequenceJoin join, bool succeeded, ReadOnlyMemory<byte> result, CanvasCarry carry, CancellationToken cancellationToken)
    {
        (GroupRecord record, long revision) = await ReadAsync(join.Group, cancellationToken).ConfigureAwait(false);
        if (succeeded && record is { PassesResults: true, IsJoined: false } && !record.HasSucceeded(join.Place))
        {
            if (result.IsEmpty)
            {
                throw new CanvasLostException($"The result of member {join.Place} of the group {join.Group} is to be passed on, and there is none that could be: it is too large for the engine.");
            }

            ThrowIfTooLarge(result.Length);
            await engine.State.CreateAsync(GroupRecord.ResultKeyOf(join.Group, join.Place), result, Keep, cancellationToken).ConfigureAwait(false);
        }

        while (!record.IsJoined)
        {
            GroupRecord changed = record.With(join.Place, succeeded);
            if (!ReferenceEquals(changed, record))
            {
                StateWrite write = await engine.State.ReplaceAsync(GroupRecord.KeyOf(join.Group), revision, changed.ToBytes(), Keep, cancellationToken).ConfigureAwait(false);
                if (!write.Applied)
                {
                    (record, revision) = Open(join.Group, write.Current.Value.IsEmpty ? null : write.Current);
                    continue;
                }

                (record, revision) = (changed, write.Current.Revision);
            }

            if (record.IsFull)
            {
                await GoOnAsync(join.Group, record, revision, carry, cancellationToken).ConfigureAwait(false);
            }

            return;
        }
    }

    private async ValueTask GoOnAsync(TaskId group, GroupRecord record, long revision, CanvasCarry carry, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> results = default;
        try
        {
            results = record.PassesResults ? await GatherAsync(group, record, cancellationToken).ConfigureAwait(false) : default;
        }
        catch (CanvasLostException)
        {
            // Another member saw the group full as well, has gone on, and has taken the results away.
            if ((await ReadAsync(group, cancellationToken).ConfigureAwait(false)).Record.IsJoined)
            {
                return;
            }

            throw;
        }

        await StartAsync(CanvasSequence.Read(record.Next), results, carry, accepted: null, cancellationToken).ConfigureAwait(false);
        await TidyAsync(group, record, revision, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<(GroupRecord Record, long Revision)> ReadAsync(TaskId group, CancellationToken cancellationToken) =>
        Open(group, await engine.State.GetAsync(GroupRecord.KeyOf(group), cancellationToken).ConfigureAwait(false));

    private static (GroupRecord Record, long Revision) Open(TaskId group, StateEntry? entry) => entry is { } found
        ? (GroupRecord.Read(found.Value), found.Revision)
        : throw new CanvasLostException($"The group {group} is not known any more: none of its members has ended for as long as the engine keeps such a record.");

    /// <summary>The results as one array, in the group's order.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> GatherAsync(TaskId group, GroupRecord record, CancellationToken cancellationToken)
    {
        int[] places = [.. Enumerable.Range(0, record.Members).Where(record.HasSucceeded)];
        var results = new ReadOnlyMemory<byte>[places.Length];
        await WindowedAsync(places.Length, async number =>
        {
            StateEntry? entry = await engine.State.GetAsync(GroupRecord.ResultKeyOf(group, places[number]), cancellationToken).ConfigureAwait(false);
            results[number] = entry is { } found
                ? found.Value
                : throw new CanvasLostException($"The result of member {places[number]} of the group {group} is not kept any more.");
        }).ConfigureAwait(false);

        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer, engine.Limits.MaxEnvelopeLength);
        writer.WriteArrayHeader(results.Length);
        foreach (ReadOnlyMemory<byte> result in results)
        {
            writer.WriteRaw(result.Span);
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The group is joined: its results are of no use any more, and its record only to members that are delivered again. What cannot be taken away now goes with its time.</summary>
    private async ValueTask TidyAsync(TaskId group, GroupRecord record, long revision, CancellationToken cancellationToken)
    {
        try
        {
            TimeSpan kept = KeptJoined < Keep ? KeptJoined : Keep;
            StateWrite write = await engine.State.ReplaceAsync(GroupRecord.KeyOf(group), revision, record.AsJoined().ToBytes(), kept, cancellationToken).ConfigureAwait(false);
            if (write.Applied && record.PassesResults)
            {
                await WindowedAsync(record.Members, async place =>
                {
                    string key = GroupRecord.ResultKeyOf(group, place);
                    if (record.HasSucceeded(place) && await engine.State.GetAsync(key, cancellationToken).ConfigureAwait(false) is { } result)
                    {
                        await engine.State.DeleteAsync(key, result.Revision, cancellationToken).ConfigureAwait(false);
                    }
                }).ConfigureAwait(false);
            }
        }
        catch (TaskEngineException)
        {
        }
    }

    private void ThrowIfTooLarge(int length)
    {
        if (length > engine.Limits.MaxOutcomeLength)
        {
            throw new PayloadTooLargeException(length, engine.Limits.MaxOutcomeLength);
        }
    }

    /// <summary>Does something for each number, a window of them at once. All have ended when this throws what the first failure was.</summary>
    private static async ValueTask WindowedAsync(int count, Func<int, ValueTask> act)
    {
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(count, Window)).Select(_ => RunAsync())).ConfigureAwait(false);

        async Task RunAsync()
        {
            for (int number = Interlocked.Increment(ref next); number < count; number = Interlocked.Increment(ref next))
            {
                await act(number).ConfigureAwait(false);
            }
        }
    }
}
