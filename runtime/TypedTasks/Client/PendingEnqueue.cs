using System.Threading.Tasks.Sources;
using TypedTasks.Engine;
using TypedTasks.MessagePack;

namespace TypedTasks.Client;

/// <summary>An enqueue that waits for the engine's answer, and turns it into a handle.</summary>
/// <remarks>
/// Pooled, and not an async method of the pooling kind: those keep one object a core, and hundreds of callers wait at once. It runs on whatever thread the
/// engine answers on, as an async method would, and returns to the pool when its result is taken.
/// </remarks>
internal sealed class PendingEnqueue<TResult> : IValueTaskSource<TaskHandle<TResult>>
{
    private const int Kept = 4096;

    private static readonly Lock Gate = new();
    private static readonly Stack<PendingEnqueue<TResult>> Pool = new();

    // Every thread has the one at hand that it used last: the lock is for the others.
    [ThreadStatic]
    private static PendingEnqueue<TResult>? Spare;

    private readonly Action _onAnswer;
    private ManualResetValueTaskSourceCore<TaskHandle<TResult>> _core;
    private ValueTask<PublishStatus> _publishing;
    private ITaskTracker<TResult>? _tracker;
    private TaskDescriptor? _task;
    private TaskId _id;

    private PendingEnqueue() => _onAnswer = OnAnswer;

    /// <summary>Waits for the engine.</summary>
    internal static ValueTask<TaskHandle<TResult>> WaitAsync(TaskId id, TaskDescriptor task, ITaskTracker<TResult> tracker, ValueTask<PublishStatus> publishing)
    {
        PendingEnqueue<TResult> pending = Rent();
        pending._id = id;
        pending._task = task;
        pending._tracker = tracker;
        pending._publishing = publishing;
        var result = new ValueTask<TaskHandle<TResult>>(pending, pending._core.Version);
        publishing.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(pending._onAnswer);
        return result;
    }

    TaskHandle<TResult> IValueTaskSource<TaskHandle<TResult>>.GetResult(short token)
    {
        // Fails for an answer that was taken before; then, and before there is an answer, the object is not given back.
        bool isAnswered = _core.GetStatus(token) != ValueTaskSourceStatus.Pending;
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            if (isAnswered)
            {
                _core.Reset();
                _tracker = null;
                _task = null;
                Return(this);
            }
        }
    }

    ValueTaskSourceStatus IValueTaskSource<TaskHandle<TResult>>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<TaskHandle<TResult>>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void OnAnswer()
    {
        (TaskHandle<TResult> handle, Exception? failure) = TakeAnswer();

        // The waiter runs in here and gives this object back: nothing of it may be touched afterwards.
        if (failure is null)
        {
            _core.SetResult(handle);
        }
        else
        {
            _core.SetException(failure);
        }
    }

    private (TaskHandle<TResult> Handle, Exception? Failure) TakeAnswer()
    {
        ValueTask<PublishStatus> publishing = _publishing;
        _publishing = default;
        try
        {
            PublishStatus status = publishing.GetAwaiter().GetResult();
            return (new TaskHandle<TResult>(_id, _tracker!, status == PublishStatus.Duplicate), null);
        }
        catch (Exception failure)
        {
            return (default, TaskRejections.Explain(_id, _task!, failure) ?? failure);
        }
    }

    private static PendingEnqueue<TResult> Rent()
    {
        if (Spare is { } spare)
        {
            Spare = null;
            return spare;
        }

        lock (Gate)
        {
            return Pool.TryPop(out PendingEnqueue<TResult>? pooled) ? pooled : new PendingEnqueue<TResult>();
        }
    }

    private static void Return(PendingEnqueue<TResult> pending)
    {
        if (Spare is null)
        {
            Spare = pending;
            return;
        }

        lock (Gate)
        {
            if (Pool.Count < Kept)
            {
                Pool.Push(pending);
            }
        }
    }
}
