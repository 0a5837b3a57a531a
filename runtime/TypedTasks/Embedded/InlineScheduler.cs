namespace TypedTasks.Embedded;

/// <summary>
/// Runs continuations on the thread that woke them, one after the other and never one inside another: the stack stays flat and the order is that of waking.
/// For one thread; it makes a simulation deterministic.
/// </summary>
internal sealed class InlineScheduler
{
    private readonly Queue<IThreadPoolWorkItem> _waiting = new();
    private bool _running;

    /// <summary>Runs <paramref name="item"/> now, or after the one that is running.</summary>
    public void Schedule(IThreadPoolWorkItem item)
    {
        _waiting.Enqueue(item);
        if (_running)
        {
            return;
        }

        _running = true;
        try
        {
            while (_waiting.TryDequeue(out IThreadPoolWorkItem? next))
            {
                next.Execute();
            }
        }
        finally
        {
            _running = false;
        }
    }
}
