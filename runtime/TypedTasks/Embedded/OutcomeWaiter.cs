using System.Threading.Tasks.Sources;
using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>A caller that waits for the end of a task. Pooled.</summary>
internal sealed class OutcomeWaiter(EmbeddedEngine engine) : Waiter, IValueTaskSource<TaskStatusReport>
{
    private ManualResetValueTaskSourceCore<TaskStatusReport> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private TaskStatusReport _report;
    private Exception? _failure;

    /// <summary>The task; null once it is decided what the caller gets.</summary>
    public TaskEntry? Entry { get; set; }

    public OutcomeWaiter? PreviousOfTask { get; private set; }

    public OutcomeWaiter? NextOfTask { get; private set; }

    public void Begin(TaskEntry entry, CancellationToken cancellationToken)
    {
        Entry = entry;
        _cancellationToken = cancellationToken;
        NextOfTask = entry.FirstWaiter;
        if (NextOfTask is not null)
        {
            NextOfTask.PreviousOfTask = this;
        }

        entry.FirstWaiter = this;
    }

    /// <summary>Called without the lock, after <see cref="Begin"/>.</summary>
    public ValueTask<TaskStatusReport> Wait()
    {
        short version = _core.Version;
        _registration = _cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                OutcomeWaiter waiter = (OutcomeWaiter)state!;
                waiter.Engine.CancelWait(waiter, token);
            },
            this);
        return new ValueTask<TaskStatusReport>(this, version);
    }

    /// <summary>Whether a fired token is that of the present wait, and not of one before.</summary>
    public bool IsCancelledBy(CancellationToken token) => Entry is not null && _cancellationToken == token;

    public void Succeed(TaskStatusReport report)
    {
        Leave();
        _report = report;
    }

    public void Fail(Exception failure)
    {
        Leave();
        _failure = failure;
    }

    public override void Execute()
    {
        if (_failure is null)
        {
            _core.SetResult(_report);
        }
        else
        {
            _core.SetException(_failure);
        }
    }

    TaskStatusReport IValueTaskSource<TaskStatusReport>.GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _registration.Unregister();
            _registration = default;
            _cancellationToken = default;
            _report = default;
            _failure = null;
            _core.Reset();
            Engine.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<TaskStatusReport>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<TaskStatusReport>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private EmbeddedEngine Engine { get; } = engine;

    private void Leave()
    {
        if (PreviousOfTask is null)
        {
            Entry!.FirstWaiter = NextOfTask;
        }
        else
        {
            PreviousOfTask.NextOfTask = NextOfTask;
        }

        if (NextOfTask is not null)
        {
            NextOfTask.PreviousOfTask = PreviousOfTask;
        }

        Entry = null;
        PreviousOfTask = NextOfTask = null;
    }
}
