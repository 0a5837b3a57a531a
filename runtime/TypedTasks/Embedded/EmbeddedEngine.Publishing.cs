using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>Publishing: the envelope writes itself into a pooled task before the lock is taken, and the lock is taken once.</summary>
public sealed partial class EmbeddedEngine
{
    private const int PooledWaiters = 1_024;

    // Every publishing thread has the next task at hand, of whatever engine: it fetches another one while it holds the lock anyway.
    [ThreadStatic]
    private static TaskEntry? SpareEntry;

    private readonly BoundedPool<PublishWaiter> _publishWaiters = new(PooledWaiters);

    /// <inheritdoc/>
    public ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<PublishStatus>(cancellationToken);
        }

        TaskEntry entry = SpareEntry ?? new TaskEntry();
        SpareEntry = null;
        try
        {
            envelope.WriteTo(entry);
        }
        catch (Exception exception)
        {
            Spare(entry);
            return ValueTask.FromException<PublishStatus>(exception);
        }

        return Publish(entry, address, cancellationToken);
    }

    internal static TaskRejectedException FullFailure(TaskId id, Lane lane, EmbeddedEngineOptions options) => new(
        id,
        TaskRejection.Full,
        $"The task {id} was not accepted: the lane {lane} is full and stayed full. It holds {options.MaxTasksPerLane} tasks, " +
        $"and publishing waits {options.PublishTimeout} ({nameof(EmbeddedEngineOptions)}.{nameof(EmbeddedEngineOptions.MaxTasksPerLane)}, {nameof(EmbeddedEngineOptions.PublishTimeout)}).");

    /// <summary>A publisher gives up.</summary>
    internal void CancelPublish(PublishWaiter waiter, CancellationToken token)
    {
        ResumeList resume = default;
        lock (Gate)
        {
            if (waiter.IsCancelledBy(token))
            {
                Table.EndWaitForRoom(waiter);
                waiter.Fail(new OperationCanceledException(token));
                resume.Add(waiter);
            }
        }

        resume.Resume(Options.Resume);
    }

    internal void Return(PublishWaiter waiter)
    {
        lock (Gate)
        {
            _publishWaiters.Return(waiter);
        }
    }

    private static void Spare(TaskEntry entry)
    {
        entry.Clear();
        SpareEntry = entry;
    }

    private ValueTask<PublishStatus> Publish(TaskEntry entry, in TaskAddress address, CancellationToken cancellationToken)
    {
        if (FindRefusal(entry, in address, out EmbeddedLane? lane) is { } refusal)
        {
            Spare(entry);
            return ValueTask.FromException<PublishStatus>(refusal);
        }

        entry.Id = address.Id;
        entry.Lane = lane!;
        entry.NotBefore = address.NotBefore.UtcTicks;
        ResumeList resume = default;
        PublishStatus? status;
        PublishWaiter? waiter = null;
        long now = _clock.Now;
        lock (Gate)
        {
            if (Table.IsStopped)
            {
                return ValueTask.FromException<PublishStatus>(
                    new TaskRejectedException(address.Id, TaskRejection.Stopped, $"The task {address.Id} was not accepted: the embedded engine is stopped."));
            }

            status = Table.Publish(entry, address.Follows, now, ref resume);
            if (status is null && Options.PublishTimeout != TimeSpan.Zero && Table.MayWait)
            {
                waiter = _publishWaiters.TryTake(out PublishWaiter? pooled) ? pooled : new PublishWaiter(this);
                Table.WaitForRoom(waiter, entry, cancellationToken);
            }

            if (status == PublishStatus.Accepted || waiter is not null)
            {
                SpareEntry = Table.TryRent();
            }
        }

        resume.Resume(Options.Resume);
        if (waiter is not null)
        {
            return waiter.Wait();
        }

        if (status != PublishStatus.Accepted)
        {
            Spare(entry);
        }

        return status is { } known
            ? new ValueTask<PublishStatus>(known)
            : ValueTask.FromException<PublishStatus>(FullFailure(address.Id, address.Lane, Options));
    }

    private Exception? FindRefusal(TaskEntry entry, in TaskAddress address, out EmbeddedLane? lane)
    {
        lane = null;
        if (address.Id.IsEmpty)
        {
            return new ArgumentException("A task needs an id.", nameof(address));
        }

        if (entry.Length > Options.MaxEnvelopeLength)
        {
            return new TaskRejectedException(
                address.Id,
                TaskRejection.TooLarge,
                $"The task {address.Id} was not accepted: it is {entry.Length} bytes long, and the embedded engine takes {Options.MaxEnvelopeLength} ({nameof(EmbeddedEngineOptions)}.{nameof(EmbeddedEngineOptions.MaxEnvelopeLength)}).");
        }

        try
        {
            lane = FindOrAddLane(address.Lane);
            return null;
        }
        catch (TaskConfigurationException exception)
        {
            return new TaskRejectedException(address.Id, TaskRejection.Refused, exception.Message, exception);
        }
    }
}
