using System.Threading.Tasks.Sources;
using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>A publisher that waits for room in a lane, with the task it brought. Pooled.</summary>
internal sealed class PublishWaiter : Waiter, IValueTaskSource<PublishStatus>
{
    private readonly EmbeddedEngine _engine;
    private ManualResetValueTaskSourceCore<PublishStatus> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private PublishStatus _status;
    private Exception? _failure;

    public PublishWaiter(EmbeddedEngine engine)
    {
        _engine = engine;
        Node = new LinkedListNode<PublishWaiter>(this);
    }

    /// <summary>Its place among those who wait.</summary>
    public LinkedListNode<PublishWaiter> Node { get; }

    /// <summary>What it brought; null once it is decided what becomes of it.</summary>
    public TaskEntry? Entry { get; private set; }

    /// <summary>Until when it waits, by the steady clock.</summary>
    public long Due { get; private set; }

    public void Begin(TaskEntry entry, long due, CancellationToken cancellationToken)
    {
        Entry = entry;
        Due = due;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Called without the lock, after <see cref="Begin"/>.</summary>
    public ValueTask<PublishStatus> Wait()
    {
        short version = _core.Version;
        _registration = _cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                PublishWaiter waiter = (PublishWaiter)state!;
                waiter._engine.CancelPublish(waiter, token);
            },
            this);
        return new ValueTask<PublishStatus>(this, version);
    }

    /// <summary>Whether a fired token is that of the present wait, and not of one before.</summary>
    public bool IsCancelledBy(CancellationToken token) => Entry is not null && _cancellationToken == token;

    public void Succeed(PublishStatus status)
    {
        Entry = null;
        _status = status;
    }

    public void Fail(Exception failure)
    {
        Entry = null;
        _failure = failure;
    }

    public override void Execute()
    {
        if (_failure is null)
        {
            _core.SetResult(_status);
        }
        else
        {
            _core.SetException(_failure);
        }
    }

    PublishStatus IValueTaskSource<PublishStatus>.GetResult(short token)
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
            _failure = null;
            _core.Reset();
            _engine.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<PublishStatus>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<PublishStatus>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
