using System.Collections.Immutable;
using TypedTasks.Client;
using TypedTasks.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Canvases;

/// <summary>The canvas that <c>AddTypedTasks</c> registers: writes a canvas down and begins it.</summary>
internal sealed class TaskCanvas(EngineHost host) : ITaskCanvas
{
    private CanvasRunner? _runner;

    private CanvasRunner Runner => _runner ??= new CanvasRunner(host.Engine, host.Time, host.Metrics, host.Scheduler.Queue);

    public async ValueTask<TaskHandle<TResult>> EnqueueAsync<TResult>(TaskChain<TResult> chain, EnqueueOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chain);
        TaskId id = IdOf(in options);
        CanvasCarry carry = CarryOf(chain.Elements, id, in options);
        bool isDuplicate = await BeginAsync(chain.Elements, [CanvasPlan.Of(chain.Elements, id)], carry, cancellationToken).ConfigureAwait(false);
        return new TaskHandle<TResult>(id, chain.Tracker(host.Trackers), isDuplicate);
    }

    public async ValueTask<IReadOnlyList<TaskHandle<TResult>>> EnqueueAsync<TResult>(TaskGroup<TResult> group, EnqueueOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        TaskId id = IdOf(in options);
        ImmutableArray<CanvasElement> elements = group.ToElements(join: null);
        CanvasCarry carry = CarryOf(elements, id, in options);
        CanvasPlan before = new([.. CanvasPlan.Of(elements, id).Elements[..^1]]);
        TaskId[] members = [.. group.Members.Select((_, place) => CanvasFormat.MemberId(id, place))];
        CanvasPlan[] plans = [.. group.Members.Select((member, place) => before.Then(CanvasPlan.Of(member.Elements, members[place])))];
        bool isDuplicate = await BeginAsync(elements, plans, carry, cancellationToken).ConfigureAwait(false);
        return [.. group.Members.Select((member, place) => new TaskHandle<TResult>(members[place], member.Tracker(host.Trackers), isDuplicate))];
    }

    private TaskId IdOf(in EnqueueOptions options) => options.Id.IsEmpty ? TaskId.New(host.Time.GetUtcNow()) : options.Id;

    /// <summary>Enqueues the first steps; what their handles need to know of the others is kept before.</summary>
    /// <returns>Whether all of it had been enqueued before.</returns>
    private async ValueTask<bool> BeginAsync(ImmutableArray<CanvasElement> elements, CanvasPlan[] plans, CanvasCarry carry, CancellationToken cancellationToken)
    {
        TaskId id = carry.Canvas;
        var start = new CanvasStart();
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            await KeepAsync(plans, carry.NotBefore, cancellationToken).ConfigureAwait(false);
            CanvasSequence sequence = CanvasSequence.Read(CanvasFormat.Write(elements, id));
            await Runner.StartAsync(sequence, input: default, carry, start, cancellationToken).ConfigureAwait(false);
            return start.Accepted == 0;
        }
        catch (PayloadTooLargeException tooLarge)
        {
            throw new TaskRejectedException(id, TaskRejection.TooLarge, $"The canvas {id} needs at least {tooLarge.Length:N0} bytes in one task or record, and the engine takes {tooLarge.Limit:N0}. Divide it, or send references to large arguments.", tooLarge);
        }
        catch (Exception failure) when (failure is TaskRejectedException or TaskUnconfirmedException or TaskEngineException)
        {
            // Of a second try under one id nobody knows what became of the first.
            bool isRefused = start is { Accepted: 0, IsUncertain: false } && (carry.IsFresh || failure is TaskRejectedException);
            throw isRefused
                ? new TaskRejectedException(id, failure is TaskRejectedException refused ? refused.Reason : TaskRejection.Refused, $"The canvas {id} was not accepted: {failure.Message}", failure)
                : new TaskUnconfirmedException(id, $"Of the first tasks of the canvas {id} {start.Accepted} were accepted, and not all are known to be: {failure.Message} Enqueue the same canvas again under the same id.", failure);
        }
    }

    private async ValueTask KeepAsync(CanvasPlan[] plans, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        (string Key, byte[] Bytes)[] kept = [.. plans.Where(plan => plan.Elements.Length > 1).Select(plan => (CanvasPlan.KeyOf(((PlanStep)plan.Elements[^1]).Id), plan.ToBytes()))];
        int limit = host.Engine.Limits.MaxOutcomeLength;
        if (kept.Length > 0 && kept.Max(plan => plan.Bytes.Length) is var longest && longest > limit)
        {
            throw new PayloadTooLargeException(longest, limit);
        }

        await CanvasRunner.WindowedAsync(
            kept.Length,
            async number => await host.Engine.State.CreateAsync(kept[number].Key, kept[number].Bytes, Runner.KeepFrom(notBefore), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <exception cref="ArgumentException">The options contradict each other, or hold a key; or there are too many steps.</exception>
    private CanvasCarry CarryOf(ImmutableArray<CanvasElement> elements, TaskId id, in EnqueueOptions options)
    {
        DateTimeOffset now = host.Time.GetUtcNow();
        DateTimeOffset notBefore = options.ResolveNotBefore(now);
        EnvelopeAttributes attributes = CanvasCheck.ToAttributes(elements, in options, now, notBefore);
        TaskActivities.Stamp(ref attributes);
        return new CanvasCarry
        {
            Canvas = id,
            Parent = attributes.Parent,
            TraceParent = attributes.TraceParent,
            TraceState = attributes.TraceState,
            Deadline = attributes.Deadline,
            Headers = attributes.Headers,
            NotBefore = notBefore,
            ExpiresIn = options.ExpiresIn,
            IsFresh = options.Id.IsEmpty,
        };
    }
}
