namespace TypedTasks.Worker;

/// <summary>
/// The threads of one lane for handlers that compute: named, in the background, started when first needed, ended when the lane stops. A thread is started
/// when work comes and none is idle; as a slot brings one piece of work at a time, there are as many as the lane's concurrency. Only a handler that was given
/// up and still runs is one more: when it returns at last, its thread ends.
/// </summary>
internal sealed class DedicatedThreads(Lane lane, int concurrency, IWorkScheduler fallback) : IHandlerThreads
{
    [ThreadStatic]
    private static DedicatedThreads? _current;

    private readonly object _gate = new();
    private readonly Queue<IThreadPoolWorkItem> _waiting = new(concurrency);
    private int _idle;
    private int _started;
    private bool _isStopped;

    public bool IsCurrent => ReferenceEquals(_current, this);

    /// <summary>The threads that run now.</summary>
    internal int Count { get; private set; }

    public void Queue(IThreadPoolWorkItem item)
    {
        lock (_gate)
        {
            if (!_isStopped)
            {
                _waiting.Enqueue(item);
                if (_waiting.Count <= _idle)
                {
                    Monitor.Pulse(_gate);
                }
                else
                {
                    Start();
                }

                return;
            }
        }

        fallback.Queue(item);
    }

    /// <summary>Ends the threads: idle ones at once, the others after what they run. Ending twice is harmless.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Start()
    {
        Count++;
        var thread = new Thread(Loop)
        {
            IsBackground = true,
            Name = $"TypedTasks {lane} {++_started}",
        };

        // The thread serves every task to come: it takes nothing along from the one that happened to need it first.
        thread.UnsafeStart();
    }

    private void Loop()
    {
        _current = this;
        while (Take() is { } item)
        {
            item.Execute();
        }
    }

    private IThreadPoolWorkItem? Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_isStopped || _idle >= concurrency)
                {
                    Count--;
                    return null;
                }

                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }

            return _waiting.Dequeue();
        }
    }
}
