using System.Collections.Immutable;
using TypedTasks.Engine;
using TypedTasks.MessagePack;
using TypedTasks.Results;
using TypedTasks.Worker;

namespace TypedTasks.Canvases;

/// <summary>How a step stands that its engine does not know yet: the step before it that says so, if one does.</summary>
/// <param name="State">The state of the canvas up to that step.</param>
/// <param name="Step">The step that has failed for good, or the last of the plan.</param>
/// <param name="Outcome">Its outcome record; empty where none is kept.</param>
internal readonly record struct PlanEnd(TaskState State, PlanStep Step, ReadOnlyMemory<byte> Outcome)
{
    /// <summary>The end of a step whose successor could not be enqueued; null where this is none.</summary>
    internal PlanEnd? AsBroken()
    {
        try
        {
            return !Outcome.IsEmpty && OutcomeRecord.Read(Outcome) is { Failure.Type: CanvasRunner.Broken } record ? this with { State = record.State } : null;
        }
        catch (MessagePackException)
        {
            return null;
        }
    }
}

/// <summary>
/// Follows a canvas by the outcomes of its steps. A step is enqueued before the one that it follows is seen to have ended, so whoever has waited for one finds the next.
/// </summary>
internal static class PlanWalk
{
    /// <summary>The plan of the steps that lead to one; null where there is none, or none any more.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    internal static async ValueTask<CanvasPlan?> FindAsync(ITaskEngine engine, TaskId id, CancellationToken cancellationToken)
    {
        StateEntry? entry = await engine.State.GetAsync(CanvasPlan.KeyOf(id), cancellationToken).ConfigureAwait(false);
        try
        {
            return entry is { } found ? CanvasPlan.Read(found.Value) : null;
        }
        catch (MessagePackException)
        {
            // Of a later version: this client cannot follow it.
            return null;
        }
    }

    /// <summary>Waits until the last step of a plan has ended, or one before it has failed for good.</summary>
    internal static async ValueTask<PlanEnd> WaitAsync(ITaskEngine engine, CanvasPlan plan, CancellationToken cancellationToken)
    {
        PlanEnd? before = null;
        int ended = -1;
        while (true)
        {
            bool hasSucceeded = before is null or { State: TaskState.Succeeded };
            int place = await FindNextAsync(engine, plan, ended + 1, hasSucceeded, cancellationToken).ConfigureAwait(false);
            if (place < 0)
            {
                // After a success nothing is known of what comes next: it has ended so long ago that it is forgotten, was taken away, or could not be enqueued. After a failure nothing comes, unless a step was given up that had been gone on from.
                return hasSucceeded ? before?.AsBroken() ?? new PlanEnd(TaskState.Unknown, LastOf(plan), default) : before!.Value;
            }

            PlanEnd end = await WaitAsync(engine, plan.Elements[place], cancellationToken).ConfigureAwait(false);
            if (place == plan.Elements.Length - 1)
            {
                return end;
            }

            (before, ended) = (end, place);
        }
    }

    /// <summary>How a plan stands now.</summary>
    internal static async ValueTask<PlanEnd> LookAsync(ITaskEngine engine, CanvasPlan plan, CancellationToken cancellationToken)
    {
        int place = await FindReachedAsync(engine, plan, first: 0, hasSucceeded: true, cancellationToken).ConfigureAwait(false);
        if (place < 0)
        {
            return new PlanEnd(TaskState.Unknown, LastOf(plan), default);
        }

        PlanEnd end = await LookAsync(engine, plan.Elements[place], cancellationToken).ConfigureAwait(false);
        if (place + 1 < plan.Elements.Length && end.AsBroken() is { } broken && !await IsReachedAsync(engine, plan, place + 1, followsSuccess: false, cancellationToken).ConfigureAwait(false))
        {
            return broken;
        }

        bool isOver = place == plan.Elements.Length - 1 || end.State > TaskState.Succeeded;
        return isOver || (place == 0 && end.State == TaskState.Queued) ? end : end with { State = TaskState.Running };
    }

    /// <summary>Cancels what has not ended, what is not enqueued yet included.</summary>
    /// <returns>Whether there was anything.</returns>
    internal static async ValueTask<bool> CancelAsync(ITaskEngine engine, CanvasPlan plan, CancellationToken cancellationToken)
    {
        bool any = false;
        foreach (PlanStep[] window in plan.Steps.Chunk(CanvasRunner.Window))
        {
            bool[] cancelled = await Task.WhenAll(window.Select(step => TaskCancellation.RequestAsync(engine, step.Id, cancellationToken).AsTask())).ConfigureAwait(false);
            any |= cancelled.Contains(true);
        }

        return any;
    }

    /// <summary>Where a walk goes on: to the next place as a rule, which one look tells; a walk that begins, or has lost the track, goes to the last that is reached.</summary>
    private static async ValueTask<int> FindNextAsync(ITaskEngine engine, CanvasPlan plan, int first, bool hasSucceeded, CancellationToken cancellationToken) =>
        first > 0 && first < plan.Elements.Length && await IsReachedAsync(engine, plan, first, hasSucceeded, cancellationToken).ConfigureAwait(false)
            ? first
            : await FindReachedAsync(engine, plan, first, hasSucceeded, cancellationToken).ConfigureAwait(false);

    /// <summary>The last place from <paramref name="first"/> on that the canvas has reached; -1 for none.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="first">The place.</param>
    /// <param name="hasSucceeded">Whether what is before that has succeeded, or nothing is.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    private static async ValueTask<int> FindReachedAsync(ITaskEngine engine, CanvasPlan plan, int first, bool hasSucceeded, CancellationToken cancellationToken)
    {
        for (int place = plan.Elements.Length - 1; place >= first; place--)
        {
            if (await IsReachedAsync(engine, plan, place, place == first && hasSucceeded, cancellationToken).ConfigureAwait(false))
            {
                return place;
            }
        }

        return -1;
    }

    private static async ValueTask<bool> IsReachedAsync(ITaskEngine engine, CanvasPlan plan, int place, bool followsSuccess, CancellationToken cancellationToken) => plan.Elements[place] switch
    {
        PlanStep step => await StateOfAsync(engine, step, cancellationToken).ConfigureAwait(false) != TaskState.Unknown,

        // Its members are all there when the step before it has ended well, its record is before: as this walk has seen, or sees now. A step that was given up after it had begun the group counts as
        // failed, as it is recorded.
        PlanGroup group => await RecordOfAsync(engine, group, cancellationToken).ConfigureAwait(false) is not null
            && (followsSuccess || plan.Elements[place - 1] is not PlanStep before || await StateOfAsync(engine, before, cancellationToken).ConfigureAwait(false) is TaskState.Unknown or TaskState.Succeeded),
        _ => false,
    };

    private static async ValueTask<TaskState> StateOfAsync(ITaskEngine engine, PlanStep step, CancellationToken cancellationToken) =>
        (await engine.Outcomes.GetAsync(step.Id, cancellationToken).ConfigureAwait(false)).State;

    private static async ValueTask<GroupRecord?> RecordOfAsync(ITaskEngine engine, PlanGroup group, CancellationToken cancellationToken)
    {
        try
        {
            return await GroupRecord.FindAsync(engine.State, group.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (MessagePackException)
        {
            return null;
        }
    }

    /// <summary>How a member stands of which nothing is known any more, or that has failed by a delivery after one that succeeded: its group remembers a success.</summary>
    private static async ValueTask<PlanEnd> RememberAsync(ITaskEngine engine, PlanGroup group, int place, PlanEnd end, CancellationToken cancellationToken) =>
        (end.State == TaskState.Unknown || (end.State > TaskState.Succeeded && group.Join == JoinOn.AllSucceeded)) && await RecordOfAsync(engine, group, cancellationToken).ConfigureAwait(false) is { } record && (record.IsJoined || record.HasSucceeded(place))
            ? end with { State = TaskState.Succeeded }
            : end;

    private static async ValueTask<PlanEnd> WaitAsync(ITaskEngine engine, PlanElement element, CancellationToken cancellationToken)
    {
        if (element is PlanStep step)
        {
            TaskStatusReport report = await engine.Outcomes.WaitAsync(step.Id, cancellationToken).ConfigureAwait(false);
            return new PlanEnd(report.State, step, report.Outcome);
        }

        return await WaitAsync(engine, (PlanGroup)element, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first failure ends the wait for the others, where the join needs them all. Where it needs none, a member whose successor could not be enqueued is the one to be told of, if the join does not come.</summary>
    /// <remarks>Neither <c>Task.WhenEach</c> nor <c>CancelAsync</c>: those go on on the thread pool, whatever scheduler the client was given.</remarks>
    private static async ValueTask<PlanEnd> WaitAsync(ITaskEngine engine, PlanGroup group, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationToken token = over.Token;
        var decided = new TaskCompletionSource<PlanEnd>();
        int left = group.Members.Length;
        var ends = new PlanEnd[left];
        Task[] waiting = [.. group.Members.Select((_, place) => WaitAsync(place))];
        try
        {
            return await decided.Task.ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
            await Task.WhenAll(waiting).ConfigureAwait(false);
        }

        async Task WaitAsync(int place)
        {
            try
            {
                PlanEnd end = await PlanWalk.WaitAsync(engine, group, place, token).ConfigureAwait(false);
                if (end.State != TaskState.Succeeded && group.Join == JoinOn.AllSucceeded)
                {
                    decided.TrySetResult(end);
                }
                else
                {
                    ends[place] = end;
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        PlanEnd told = BrokenOf(ends) ?? new PlanEnd(default, LastOf(group.Members[^1]), default);
                        decided.TrySetResult(told with { State = TaskState.Succeeded });
                    }
                }
            }
            catch (Exception failure)
            {
                decided.TrySetException(failure);
            }
        }
    }

    private static async Task<PlanEnd> WaitAsync(ITaskEngine engine, PlanGroup group, int place, CancellationToken cancellationToken)
    {
        PlanEnd end = await WaitAsync(engine, group.Members[place], cancellationToken).ConfigureAwait(false);
        return await RememberAsync(engine, group, place, end, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<PlanEnd> LookAsync(ITaskEngine engine, PlanElement element, CancellationToken cancellationToken)
    {
        if (element is PlanStep step)
        {
            TaskStatusReport report = await engine.Outcomes.GetAsync(step.Id, cancellationToken).ConfigureAwait(false);
            return new PlanEnd(report.State, step, report.Outcome);
        }

        var group = (PlanGroup)element;
        bool isBegun = false;
        var ends = new PlanEnd[group.Members.Length];
        for (int place = 0; place < group.Members.Length; place++)
        {
            PlanEnd end = await LookAsync(engine, group.Members[place], cancellationToken).ConfigureAwait(false);
            if (group.Join == JoinOn.AllSucceeded && end.State > TaskState.Succeeded && await RememberAsync(engine, group, place, end, cancellationToken).ConfigureAwait(false) == end)
            {
                return end;
            }

            isBegun |= end.State != TaskState.Queued;
            ends[place] = end;
        }

        bool isOver = Array.TrueForAll(ends, end => end.State >= TaskState.Succeeded);
        return isOver && BrokenOf(ends) is { } told ? told with { State = TaskState.Running } : new PlanEnd(isBegun ? TaskState.Running : TaskState.Queued, LastOf(group.Members[^1]), default);
    }

    /// <summary>Of members that have ended one whose successor could not be enqueued; null where there is none.</summary>
    private static PlanEnd? BrokenOf(PlanEnd[] ends) => ends.Select(end => end.AsBroken()).LastOrDefault(broken => broken is not null);

    private static PlanStep LastOf(CanvasPlan plan) => plan.Steps.Last();
}
