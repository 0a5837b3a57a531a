using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using TypedTasks.Calls;
using TypedTasks.Canvases;
using TypedTasks.Engine;
using TypedTasks.Results;
using TypedTasks.Shared;
using TypedTasks.Worker;

namespace TypedTasks.Client;

/// <summary>Follows tasks through the engine, with the result codec of <typeparamref name="TArguments"/>' task.</summary>
internal sealed class TaskTracker<TResult, TArguments>(EngineHost host) : ITaskTracker<TResult>
    where TArguments : struct, ITaskArguments<TArguments, TResult>
{
    // A report whose announcement was lost is seen this much later.
    private static readonly TimeSpan ProgressReread = TimeSpan.FromSeconds(2);

    // What a timer takes, some 49 days: whoever waits longer waits for ever.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public async ValueTask<TResult> WaitAsync(TaskId id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        OutcomeReading.ThrowIfNotKept(id, TArguments.Task);
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        PlanEnd end = await AwaitEndAsync(id, timeout, cancellationToken).ConfigureAwait(false);
        if (end.Step.Id != id && end.State > TaskState.Succeeded)
        {
            throw OutcomeReading.FailedBefore(end);
        }

        var report = new TaskStatusReport(end.State, end.Outcome);
        return await OutcomeReading.ReadResultAsync<TResult, TArguments>(host, id, report, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<TaskState> StateAsync(TaskId id, CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        return (await LookAsync(id, cancellationToken).ConfigureAwait(false)).State;
    }

    public async ValueTask<TaskProgress<TProgress>?> ProgressAsync<TProgress>(TaskId id, CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        StateEntry? entry = await host.Engine.State.GetAsync(ProgressRecord.KeyOf(id), cancellationToken).ConfigureAwait(false);
        return entry is { } found ? OutcomeReading.ReadProgress<TProgress>(id, TArguments.Task, found.Value) : null;
    }

    public async IAsyncEnumerable<TaskProgress<TProgress>> WatchAsync<TProgress>(TaskId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        var reported = new WorkSignal(host.Scheduler.Queue);
        IAsyncDisposable subscription = await host.Engine.Broadcast.SubscribeAsync(ProgressRecord.ChannelOf(id), _ => reported.Set(), cancellationToken).ConfigureAwait(false);
        await using (subscription.ConfigureAwait(false))
        {
            using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(static state => ((WorkSignal)state!).Set(), reported);
            using ITimer reread = host.Time.CreateTimer(static state => ((WorkSignal)state!).Set(), reported, ProgressReread, ProgressReread);
            long seen = 0;
            bool ended = false;
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                StateEntry? entry = await host.Engine.State.GetAsync(ProgressRecord.KeyOf(id), cancellationToken).ConfigureAwait(false);
                if (entry is { } found && found.Revision != seen)
                {
                    seen = found.Revision;
                    yield return OutcomeReading.ReadProgress<TProgress>(id, TArguments.Task, found.Value);
                }

                if (ended)
                {
                    // One look after the end, for the last report.
                    yield break;
                }

                ended = IsOver((await LookAsync(id, cancellationToken).ConfigureAwait(false)).State);
                if (!ended)
                {
                    await reported.WaitAsync().ConfigureAwait(false);
                }
            }
        }
    }

    public async ValueTask<bool> CancelAsync(TaskId id, CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        TaskStatusReport report = await host.Engine.Outcomes.GetAsync(id, cancellationToken).ConfigureAwait(false);
        return report.State == TaskState.Unknown && await PlanWalk.FindAsync(host.Engine, id, cancellationToken).ConfigureAwait(false) is { } plan
            ? await PlanWalk.CancelAsync(host.Engine, plan, cancellationToken).ConfigureAwait(false)
            : await TaskCancellation.RequestAsync(host.Engine, id, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        await host.Engine.Outcomes.ForgetAsync(id, cancellationToken).ConfigureAwait(false);
    }

    // There is nothing to wait for any more: it has ended, or nobody knows it.
    private static bool IsOver(TaskState state) => state is TaskState.Unknown or >= TaskState.Succeeded;

    /// <summary>How a task stands: of a step that is not enqueued yet, how its canvas does.</summary>
    private async ValueTask<PlanEnd> LookAsync(TaskId id, CancellationToken cancellationToken)
    {
        TaskStatusReport report = await host.Engine.Outcomes.GetAsync(id, cancellationToken).ConfigureAwait(false);
        if (report.State == TaskState.Unknown)
        {
            if (await PlanWalk.FindAsync(host.Engine, id, cancellationToken).ConfigureAwait(false) is { } plan)
            {
                return await PlanWalk.LookAsync(host.Engine, plan, cancellationToken).ConfigureAwait(false);
            }

            // A plan goes when the last step comes, which may have been between the two looks.
            report = await host.Engine.Outcomes.GetAsync(id, cancellationToken).ConfigureAwait(false);
        }

        return new PlanEnd(report.State, new PlanStep(id, TArguments.Task.Name), report.Outcome);
    }

    /// <summary>Waits for the end of a task: of a step that is not enqueued yet, for that of its canvas.</summary>
    private async ValueTask<PlanEnd> AwaitAsync(TaskId id, CancellationToken cancellationToken)
    {
        TaskStatusReport report = await host.Engine.Outcomes.WaitAsync(id, cancellationToken).ConfigureAwait(false);
        if (report.State == TaskState.Unknown)
        {
            if (await PlanWalk.FindAsync(host.Engine, id, cancellationToken).ConfigureAwait(false) is { } plan)
            {
                return await PlanWalk.WaitAsync(host.Engine, plan, cancellationToken).ConfigureAwait(false);
            }

            report = await host.Engine.Outcomes.WaitAsync(id, cancellationToken).ConfigureAwait(false);
        }

        return new PlanEnd(report.State, new PlanStep(id, TArguments.Task.Name), report.Outcome);
    }

    private async ValueTask<PlanEnd> AwaitEndAsync(TaskId id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (timeout == Timeout.InfiniteTimeSpan || timeout > LongestTimer)
        {
            return await AwaitAsync(id, cancellationToken).ConfigureAwait(false);
        }

        if (timeout == TimeSpan.Zero)
        {
            PlanEnd now = await LookAsync(id, cancellationToken).ConfigureAwait(false);
            return IsOver(now.State) ? now : throw new TaskWaitTimeoutException(id, timeout);
        }

        using var limit = new CancellationTokenSource(timeout, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await AwaitAsync(id, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TaskWaitTimeoutException(id, timeout);
        }
    }
}

/// <summary>One tracker a task, made when first asked for, so that a handle costs no allocation.</summary>
internal sealed class TaskTrackers(EngineHost host)
{
    // Keyed by the argument struct's type: a dictionary of a handful of entries, read without locks.
    private readonly ConcurrentDictionary<Type, object> _trackers = new();

    internal ITaskTracker<TResult> Get<TResult, TArguments>()
        where TArguments : struct, ITaskArguments<TArguments, TResult> =>
        _trackers.TryGetValue(typeof(TArguments), out object? tracker)
            ? (ITaskTracker<TResult>)tracker
            : (ITaskTracker<TResult>)_trackers.GetOrAdd(typeof(TArguments), new TaskTracker<TResult, TArguments>(host));
}
