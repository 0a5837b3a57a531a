using System.Runtime.CompilerServices;
using System.Text;
using TypedTasks.Calls;
using TypedTasks.Idempotency;
using TypedTasks.MessagePack;
using TypedTasks.Results;

namespace TypedTasks.Worker;

/// <summary>The idempotency step of the pipeline: claims a task's key before its handler runs, and completes or releases it after.</summary>
internal sealed class ClaimStep(TaskDispatcher dispatcher, LaneWorker lane, WorkerEnvironment environment)
{
    // A task whose key is busy comes back between these, without counting an attempt: soon, but not all at once.
    private static readonly BackoffRange WaitForKey = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1));

    // A claim outlives the longest attempt, and its settling; where attempts have no limit, it outlives a day of one.
    private static readonly TimeSpan LongestUnlimitedAttempt = TimeSpan.FromHours(24);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    internal static bool IsNeeded(TaskDescriptor task) => task.AtMostOnce || task.Idempotency == TaskIdempotency.Keyed;

    /// <summary>Claims the key of a task. An engine that does not answer leaves the task for later.</summary>
    /// <exception cref="MessagePack.MessagePackException">The envelope has no key, and the arguments, from which it is derived, cannot be read.</exception>
    /// <exception cref="TaskKeyException">No key can be made of the arguments.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<Claim> ClaimAsync(TaskRun run, int index)
    {
        TaskDescriptor task = run.Task;
        TaskId id = run.Envelope.Id;
        long fence = run.Held.Delivery.Fence;
        string key = task.AtMostOnce ? IdempotencyGate.KeyOf(id) : IdempotencyGate.KeyOf(task, KeyOf(run, index));
        try
        {
            return await environment.Idempotency.ClaimAsync(key, id, fence, TimeToLive(task), takeOver: !task.AtMostOnce, run.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is TaskEngineException or OperationCanceledException)
        {
            WorkerLog.ClaimFailed(environment.Logger, task.Name, id, failure);
            return new Claim(ClaimKind.Busy, key, 0, default);
        }
    }

    /// <summary>What becomes of a task that runs at most once and is delivered again: its worker may have vanished between the end of its handler and that of the delivery.</summary>
    internal async ValueTask<Outcome> RecallAsync(HeldDelivery held, TaskId id, TaskDescriptor task, Outcome crashed)
    {
        try
        {
            ReadOnlyMemory<byte> outcome = await environment.Idempotency.RecallAsync(IdempotencyGate.KeyOf(id), CancellationToken.None).ConfigureAwait(false);
            return outcome.IsEmpty ? crashed : Complete(held, outcome);
        }
        catch (TaskEngineException failure)
        {
            WorkerLog.ClaimFailed(environment.Logger, task.Name, id, failure);
            return WaitToAsk();
        }
        catch (MessagePackException)
        {
            return crashed;
        }
    }

    /// <summary>What becomes of a task whose key was not to be had.</summary>
    internal Outcome DecideUnrun(TaskRun run, Claim claim)
    {
        switch (claim.Kind)
        {
            case ClaimKind.Completed:
                return Complete(run.Held, claim.Outcome);
            case ClaimKind.Stale:
                return new Outcome(OutcomeKind.Lost);
            case ClaimKind.Started:
                return new Outcome(OutcomeKind.Failed)
                {
                    Failure = new TaskFailure("AtMostOnce", "The task was started before, and did not report its end. It runs at most once, so it is not started again.", null),
                };
            default:
                return WaitToAsk();
        }
    }

    private Outcome WaitToAsk() => new(OutcomeKind.Snoozed) { Delay = WaitForKey.DelayAfter(attempt: 2, environment.Random.NextDouble()) };

    private static Outcome Complete(HeldDelivery held, ReadOnlyMemory<byte> outcome)
    {
        held.Result.Clear();
        System.Buffers.BuffersExtensions.Write(held.Result, outcome.Span);
        return new Outcome(OutcomeKind.Completed);
    }

    /// <summary>
    /// Completes the key with the outcome of a success, and releases it after anything else. Goes on until the engine answers, the lease is lost, or the lane gives up
    /// settling: the handler's work is done, and must not be done again for want of a record.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<Outcome> EndAsync(TaskRun run, Claim claim, Outcome outcome)
    {
        if (outcome.Kind == OutcomeKind.Completed)
        {
            return await CompleteAsync(run, claim).ConfigureAwait(false) ? outcome : new Outcome(OutcomeKind.Lost);
        }

        if (!run.Task.AtMostOnce && outcome.Kind != OutcomeKind.Lost)
        {
            await ReleaseAsync(run, claim).ConfigureAwait(false);
        }

        return outcome;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> CompleteAsync(TaskRun run, Claim claim)
    {
        TaskDescriptor task = run.Task;
        TaskId id = run.Envelope.Id;
        for (int failures = 1; ; failures++)
        {
            try
            {
                return await environment.Idempotency
                    .CompleteAsync(claim, id, run.Held.Delivery.Fence, run.Held.Result.Written, task.IdempotencyWindow, CancellationToken.None)
                    .ConfigureAwait(false);
            }
            catch (TaskEngineException failure)
            {
                WorkerLog.CompletionFailed(environment.Logger, task.Name, id, failure);
                if (Volatile.Read(ref run.Held.IsLost) || !await EngineRetry.PauseAsync(failures, environment, lane.Settler.Aborted).ConfigureAwait(false))
                {
                    return false;
                }
            }
        }
    }

    /// <summary>Lets the key go, if it is still this delivery's.</summary>
    internal async ValueTask ReleaseAsync(TaskRun run, Claim claim)
    {
        try
        {
            await environment.Idempotency.ReleaseAsync(claim, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TaskEngineException failure)
        {
            // The task's own next attempt takes the key over.
            WorkerLog.ReleaseFailed(environment.Logger, run.Task.Name, run.Envelope.Id, failure);
        }
    }

    private string KeyOf(TaskRun run, int index)
    {
        if (!run.Envelope.Key.IsEmpty)
        {
            // A producer of any kind wrote it; our own refuses such a key before it is sent.
            string sent = Encoding.UTF8.GetString(run.Envelope.Key);
            return Encoding.UTF8.GetByteCount(sent) <= TaskKeyWriter.MaxLength && !sent.Any(char.IsControl)
                ? sent
                : throw new TaskKeyException($"The envelope's idempotency key is longer than {TaskKeyWriter.MaxLength} bytes, or holds control characters.");
        }

        var key = new TaskKeyWriter(stackalloc byte[TaskKeyWriter.MaxLength]);
        dispatcher.WriteKey(index, run, ref key);
        return Encoding.UTF8.GetString(key.Written);
    }

    /// <summary>How long the store must be able to keep what is written under a task's key.</summary>
    internal static TimeSpan LongestKept(TaskDescriptor task) => TimeToLive(task) > task.IdempotencyWindow ? TimeToLive(task) : task.IdempotencyWindow;

    private static TimeSpan TimeToLive(TaskDescriptor task) =>
        task.AtMostOnce ? task.IdempotencyWindow : (task.TimeLimit ?? LongestUnlimitedAttempt) + Margin;
}
