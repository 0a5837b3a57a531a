namespace TypedTasks.Client;

/// <summary>Enqueues many calls with a bounded number of them under way, and collects their handles in order.</summary>
internal sealed class PublishWindow<TResult>(int depth)
{
    private readonly Queue<ValueTask<TaskHandle<TResult>>> _underWay = new(depth);
    private readonly List<TaskHandle<TResult>> _handles = [];
    private readonly List<TaskException> _failures = [];

    /// <summary>Takes a call that is under way; waits for the oldest when the window is full.</summary>
    internal async ValueTask AddAsync(ValueTask<TaskHandle<TResult>> enqueueing)
    {
        if (_underWay.Count == depth)
        {
            await CollectAsync().ConfigureAwait(false);
        }

        _underWay.Enqueue(enqueueing);
    }

    /// <summary>Waits for all, and returns their handles.</summary>
    /// <exception cref="EnqueueManyException">At least one was not accepted, or not confirmed.</exception>
    internal async ValueTask<IReadOnlyList<TaskHandle<TResult>>> CompleteAsync()
    {
        while (_underWay.Count > 0)
        {
            await CollectAsync().ConfigureAwait(false);
        }

        return _failures.Count == 0 ? _handles : throw new EnqueueManyException([.. _handles.Select(handle => handle.Id)], _failures);
    }

    private async ValueTask CollectAsync()
    {
        try
        {
            _handles.Add(await _underWay.Dequeue().ConfigureAwait(false));
        }
        catch (TaskException failure)
        {
            _failures.Add(failure);
        }
    }
}
