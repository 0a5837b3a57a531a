using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
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

    /// <summary>The type of the failure of a step that succeeded, and whose successor cannot be enqueued.</summary>
    internal const string Broken = "CanvasBroken";

    private readonly ConcurrentDictionary<Lane, bool> _lanes = new();
    private readonly CanvasGroups _groups = new(engine, queue);

    /// <summary>How long what a canvas needs is kept that may begin later.</summary>
    internal TimeSpan KeepFrom(DateTimeOffset notBefore) => _groups.KeepAfter(notBefore - time.GetUtcNow());

    /// <summary>Begins a sequence.</summary>
    /// <param name="sequence">The sequence; nothing happens for an empty one.</param>
    /// <param name="input">The result before it, one MessagePack value; empty where there is none.</param>
    /// <param name="carry">What the steps carry.</param>
    /// <param name="start">Where to note what becomes of the first tasks, or null.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CanvasLostException">What it needs is not kept any more.</exception>
    /// <exception cref="MessagePackException">The bytes are no sequence.</exception>
    /// <exception cref="PayloadTooLargeException">A step, or a group's record, is larger than the engine takes.</exception>
    /// <exception cref="TaskException">The engine refused a step, or did not answer.</exception>
    internal async ValueTask StartAsync(CanvasSequence sequence, ReadOnlyMemory<byte> input, CanvasCarry carry, CanvasStart? start, CancellationToken cancellationToken)
    {
        if (sequence.Count == 0)
        {
            return;
        }

        SequenceElement first = sequence.Take(out CanvasSequence rest);
        if (first is SequenceJoin join)
        {
            await JoinAsync(join, succeeded: true, input, carry, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await StartAsync(first, rest, input, carry, start, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask StartAsync(SequenceElement first, CanvasSequence rest, ReadOnlyMemory<byte> input, CanvasCarry carry, CanvasStart? start, CancellationToken cancellationToken)
    {
        if (first is SequenceStep only)
        {
            ThrowIfWithoutInput(only, input);
            await PublishAsync(only, rest, input, carry, start, cancellationToken).ConfigureAwait(false);
            return;
        }

        var begin = FirstSteps.Of(first, rest);
        begin.Steps.ForEach(step => ThrowIfWithoutInput(step.Step, input));
        ThrowIfTooLarge(begin, input, carry);

        // The records first, for a member may end before the next is enqueued.
        await WindowedAsync(begin.Groups.Count, number => _groups.BeginAsync(begin.Groups[number].Group, begin.Groups[number].Next, KeepFrom(carry.NotBefore), cancellationToken)).ConfigureAwait(false);
        await WindowedAsync(begin.Steps.Count, number => PublishAsync(begin.Steps[number].Step, begin.Steps[number].Next, input, carry, start, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Tells the group that a failed task's sequence leads to, if it leads to one: the steps before that do not run.</summary>
    /// <remarks>Throws what <see cref="StartAsync(CanvasSequence, ReadOnlyMemory{byte}, CanvasCarry, CanvasStart, CancellationToken)"/> does.</remarks>
    internal async ValueTask FailAsync(CanvasSequence sequence, CanvasCarry carry, CancellationToken cancellationToken)
    {
        if (await HasGoneOnAsync(sequence, cancellationToken).ConfigureAwait(false))
        {
            // A delivery before this one succeeded, and had what follows enqueued: that will end as it ends.
            return;
        }

        Exception? broken = null;
        for (int groups = 0; sequence.Count > 0;)
        {
            if (sequence.Take(out CanvasSequence rest) is not SequenceJoin join)
            {
                sequence = rest;
                continue;
            }

            if (++groups > CanvasGroup.MaxDepth)
            {
                throw new MessagePackException("The groups of this canvas lead into each other without end.");
            }

            GroupRecord record = (await _groups.ReadAsync(join.Group, cancellationToken).ConfigureAwait(false)).Record;
            record.ThrowIfNoMember(join.Place);
            if (record.Join == JoinOn.AllEnded || record.HasSucceeded(join.Place))
            {
                try
                {
                    // A success that is noted stays one, whatever became of a second delivery: the group waits for its others, or goes on.
                    await JoinAsync(join, succeeded: false, default, carry, cancellationToken).ConfigureAwait(false);
                    return;
                }
                catch (Exception failure) when (IsLasting(failure))
                {
                    broken = failure;
                }
            }

            // The join does not run, unless the task is requeued and succeeds: an outer group may count that as an end.
            sequence = CanvasSequence.Read(record.Next);
        }

        if (broken is not null)
        {
            ExceptionDispatchInfo.Throw(broken);
        }
    }

    /// <summary>Whether another try would meet the same: the bytes are wrong, too many, or not there, or name what the engine cannot have.</summary>
    internal static bool IsLasting(Exception failure) => failure is CanvasLostException or MessagePackException or PayloadTooLargeException or ArgumentException or TaskConfigurationException
        or TaskRejectedException { Reason: TaskRejection.TooLarge or TaskRejection.Unwritable } or TaskRejectedException { InnerException: TaskConfigurationException };

    private async ValueTask<bool> HasGoneOnAsync(CanvasSequence sequence, CancellationToken cancellationToken) => sequence.Count > 0 && sequence.Take(out _) switch
    {
        SequenceStep step => await IsKnownAsync(step, cancellationToken).ConfigureAwait(false),
        SequenceGroup { Join: not null } group => await HasBegunAsync(group, cancellationToken).ConfigureAwait(false),
        _ => false,
    };

    /// <summary>Whether all members of a group were enqueued: one that lacks some will never be full.</summary>
    private async ValueTask<bool> HasBegunAsync(SequenceGroup group, CancellationToken cancellationToken)
    {
        if (await GroupRecord.FindAsync(engine.State, group.Id, cancellationToken).ConfigureAwait(false) is not { } record)
        {
            return false;
        }

        for (int place = 0; !record.IsJoined && place < Math.Min(record.Members, group.Members.Length); place++)
        {
            if (!record.HasEnded(place))
            {
                foreach ((SequenceStep step, _) in FirstSteps.Of(group with { Members = [group.Members[place]] }, rest: default).Steps)
                {
                    if (!await IsKnownAsync(step, cancellationToken).ConfigureAwait(false))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    private async ValueTask<bool> IsKnownAsync(SequenceStep step, CancellationToken cancellationToken) =>
        (await engine.Outcomes.GetAsync(step.Id, cancellationToken).ConfigureAwait(false)).State != TaskState.Unknown;

    private static void ThrowIfWithoutInput(SequenceStep step, ReadOnlyMemory<byte> input)
    {
        if (step.IsLinked && input.IsEmpty)
        {
            throw new CanvasLostException($"The step '{step.Name}' is to be given the result before it, and there is none that could be sent: it is too large for the engine, or is not kept.");
        }
    }

    /// <summary>Of many first tasks none is enqueued where one cannot be.</summary>
    private void ThrowIfTooLarge(FirstSteps begin, ReadOnlyMemory<byte> input, CanvasCarry carry)
    {
        if (begin.Steps.Count > 1)
        {
            var scratch = new ArrayBufferWriter<byte>();
            foreach ((SequenceStep step, CanvasSequence next) in begin.Steps)
            {
                scratch.ResetWrittenCount();
                EnvelopeOf(step, next, input, carry, time.GetUtcNow(), carry.TraceParent).WriteTo(scratch);
            }
        }
    }

    private async ValueTask PublishAsync(SequenceStep step, CanvasSequence next, ReadOnlyMemory<byte> input, CanvasCarry carry, CanvasStart? start, CancellationToken cancellationToken)
    {
        if (!_lanes.ContainsKey(step.Lane))
        {
            // Of a contract that this process may know nothing of.
            await engine.StartAsync([step.Lane], cancellationToken).ConfigureAwait(false);
            _lanes[step.Lane] = true;
        }

        try
        {
            PublishStatus status = SendTelemetry.IsObserved(metrics)
                ? await PublishObservedAsync(step, next, input, carry, cancellationToken).ConfigureAwait(false)
                : await PublishAsync(step, next, input, carry, carry.TraceParent, cancellationToken).ConfigureAwait(false);
            if (status == PublishStatus.Accepted)
            {
                start?.Count();
            }

            if (carry.Follows && next.Count == 0)
            {
                // The last step is known by itself now.
                _ = ForgetPlanAsync(step.Id);
            }
        }
        catch (Exception failure) when (failure is not (TaskRejectedException or PayloadTooLargeException))
        {
            start?.Doubt();
            throw;
        }
    }

    /// <summary>Nobody needs the plan that leads to a step any more. What cannot be taken away now goes with its time.</summary>
    private async Task ForgetPlanAsync(TaskId last)
    {
        try
        {
            await engine.State.TakeAwayAsync(CanvasPlan.KeyOf(last), CancellationToken.None).ConfigureAwait(false);
        }
        catch (TaskEngineException)
        {
        }
    }

    private async ValueTask<PublishStatus> PublishObservedAsync(SequenceStep step, CanvasSequence next, ReadOnlyMemory<byte> input, CanvasCarry carry, CancellationToken cancellationToken)
    {
        SendTelemetry observed = SendTelemetry.Start(new TaskLabels(step.Lane), step.Name, step.Id, carry, metrics, time);
        try
        {
            PublishStatus status = await PublishAsync(step, next, input, carry, observed.TraceParent ?? carry.TraceParent, cancellationToken).ConfigureAwait(false);
            observed.Succeeded(status);
            return status;
        }
        catch (Exception failure)
        {
            observed.Failed(failure);
            throw;
        }
    }

    private ValueTask<PublishStatus> PublishAsync(SequenceStep step, CanvasSequence next, ReadOnlyMemory<byte> input, CanvasCarry carry, string? traceParent, CancellationToken cancellationToken) =>
        engine.PublishAsync(
            new TaskAddress(step.Lane, step.Id, carry.NotBefore) { IsFresh = carry.IsFresh, Follows = carry.Follows },
            EnvelopeOf(step, next, input, carry, time.GetUtcNow(), traceParent),
            cancellationToken);

    private StepEnvelope EnvelopeOf(SequenceStep step, CanvasSequence next, ReadOnlyMemory<byte> input, CanvasCarry carry, DateTimeOffset now, string? traceParent)
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
            Canvas = new CanvasPlace(carry.Canvas, next.ToBytes()),
        };
        return new StepEnvelope(step, input, now.ToUnixTimeMilliseconds(), attributes, engine.Limits.MaxEnvelopeLength);
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
            // A join is followed by a step: that it led to another, or to itself, would never end.
            SequenceElement first = CanvasSequence.Read(group.Record.Next).Take(out CanvasSequence rest);
            await StartAsync(first, rest, results, carry, start: null, cancellationToken).ConfigureAwait(false);
            await _groups.CloseAsync(join.Group, group, cancellationToken).ConfigureAwait(false);
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
