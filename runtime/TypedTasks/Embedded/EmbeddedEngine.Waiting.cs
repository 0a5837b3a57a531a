namespace TypedTasks.Embedded;

/// <summary>Those who wait for the end of a task.</summary>
public sealed partial class EmbeddedEngine
{
    private readonly BoundedPool<OutcomeWaiter> _outcomeWaiters = new(PooledWaiters);

    /// <summary>Called with the lock held.</summary>
    internal OutcomeWaiter RentOutcomeWaiter() => _outcomeWaiters.TryTake(out OutcomeWaiter? waiter) ? waiter : new OutcomeWaiter(this);

    /// <summary>A caller gives up.</summary>
    internal void CancelWait(OutcomeWaiter waiter, CancellationToken token)
    {
        ResumeList resume = default;
        lock (Gate)
        {
            if (waiter.IsCancelledBy(token))
            {
                waiter.Fail(new OperationCanceledException(token));
                resume.Add(waiter);
            }
        }

        resume.Resume(Options.Resume);
    }

    internal void Return(OutcomeWaiter waiter)
    {
        lock (Gate)
        {
            _outcomeWaiters.Return(waiter);
        }
    }
}
