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
internal sealed class CanvasRunner(ITaskEngine engine, TimeProvider time, TaskMetrics metrics, Action<IThreadPoolWorkItem> queue)
{
    /// <summary>How much of a group is on its way to the engine at once.</summary>
    internal const int Window = 64;

    private readonly ConcurrentDictionary<Lane, bool> _lanes = new();
    private readonly CanvasGroups _groups = new(engine, queue);

    /// <summary>How long what a canvas needs is kept.</summary>
    internal TimeSpan Keep => _groups.Keep;

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

            GroupRecord record = (await _groups.ReadAsync(join.Group, cancellationToken).ConfigureAwait(false)).Record;
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
            await _groups.BeginAsync(group, when, rest, cancellationToken).ConfigureAwait(false);
        }

        await WindowedAsync(group.Members.Length, async place =>
        {
            CanvasSequence end = group.Join is null ? default : CanvasSequence.Read(CanvasFormat.WriteJoin(group.Id, place));
            CanvasSequence member = CanvasSequence.Read(CanvasSequence.Read(group.Members[place]).ToBytes(end));
            await StartAsync(member, input, carry, accepted, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Notes the end of a member; whoever sees the group full goes on with what follows, once for all by its id.</summary>
    private async ValueTask JoinAsync(SequenceJoin join, bool succeeded, ReadOnlyMemory<byte> result, CanvasCarry carry, CancellationToken cancellationToken)
    {
        (GroupState group, bool goesOn) = await _groups.EndAsync(join, succeeded, result, cancellationToken).ConfigureAwait(false);
        if (!goesOn)
        {
            return;
        }

        if (await _groups.GatherAsync(join.Group, group.Record, cancellationToken).ConfigureAwait(false) is { } results)
        {
            await StartAsync(CanvasSequence.Read(group.Record.Next), results, carry, accepted: null, cancellationToken).ConfigureAwait(false);
            await _groups.TidyAsync(join.Group, group, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Does something for each number, a window of them at once. All have ended when this throws what the first failure was.</summary>
    internal static async ValueTask WindowedAsync(int count, Func<int, ValueTask> act)
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
