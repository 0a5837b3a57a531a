namespace TypedTasks.Embedded;

/// <summary>Somebody who waits for the engine: what it gets is decided under the engine's lock, and it goes on outside of it.</summary>
internal abstract class Waiter : IThreadPoolWorkItem
{
    /// <summary>The next in a <see cref="ResumeList"/>.</summary>
    internal Waiter? NextToResume { get; set; }

    /// <summary>Runs the continuation of whoever waits.</summary>
    public abstract void Execute();
}

/// <summary>Those who go on once the lock is left. Lives on the stack of the call that woke them.</summary>
internal struct ResumeList
{
    private Waiter? _first;
    private Waiter? _last;

    public void Add(Waiter waiter)
    {
        if (_last is null)
        {
            _first = waiter;
        }
        else
        {
            _last.NextToResume = waiter;
        }

        _last = waiter;
    }

    /// <summary>Lets them go on, in the order in which they were woken. Called without the lock.</summary>
    public void Resume(Action<IThreadPoolWorkItem>? scheduler)
    {
        Waiter? waiter = _first;
        _first = _last = null;
        while (waiter is not null)
        {
            // Read first: whoever goes on may wait again, and be woken again, at once.
            Waiter? next = waiter.NextToResume;
            waiter.NextToResume = null;
            if (scheduler is null)
            {
                ThreadPool.UnsafeQueueUserWorkItem(waiter, preferLocal: false);
            }
            else
            {
                scheduler(waiter);
            }

            waiter = next;
        }
    }
}
