using System.Runtime.ExceptionServices;

namespace TypedTasks.Client;

/// <summary>Enqueues many calls with a bounded number of them under way, and collects their handles in order.</summary>
internal sealed class PublishWindow<TResult>(int depth)
{
    private readonly Queue<ValueTask<TaskHandle<TResult>>> _underWay = new(depth);
    private readonly List<TaskHandle<TResult>> _handles = [];
    private readonly List<TaskException> _failures = [];
    private readonly List<int> _failedIndexes = [];
    private Exception? _mistake;
    private int _collected;
    private int _unconfirmedInARow;
    private bool _isRefusing;

    /// <summary>Enqueues the calls in order, and returns their handles.</summary>
    /// <remarks>
    /// One that is refused does not keep the others from going on, unless the engine takes none any more: each of them would wait in vain. Whatever ends it, those under way
    /// are waited for, so that the caller learns what became of every call that was read.
    /// </remarks>
    /// <exception cref="EnqueueManyException">At least one was not accepted, or not confirmed; or the calls were not read to their end.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    internal async ValueTask<IReadOnlyList<TaskHandle<TResult>>> EnqueueAsync<TCall>(IEnumerable<TCall> calls, Func<TCall, ValueTask<TaskHandle<TResult>>> enqueue)
    {
        try
        {
            foreach (TCall call in calls)
            {
                Begin(call, enqueue);
                if (_underWay.Count == depth)
                {
                    await CollectAsync().ConfigureAwait(false);
                }

                if (_isRefusing || _mistake is not null)
                {
                    break;
                }
            }
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            // The caller's own: the sequence of calls threw, or the options cannot be.
            _mistake ??= mistake;
        }

        while (_underWay.Count > 0)
        {
            await CollectAsync().ConfigureAwait(false);
        }

        if (_mistake is not null && _handles.Count + _failures.Count == 0)
        {
            // Nothing was tried, so there is nothing to tell but the mistake itself.
            ExceptionDispatchInfo.Throw(_mistake);
        }

        return _failures.Count == 0 && _mistake is null
            ? _handles
            : throw new EnqueueManyException([.. _handles.Select(handle => handle.Id)], _failures, _failedIndexes, _mistake);
    }

    private void Begin<TCall>(TCall call, Func<TCall, ValueTask<TaskHandle<TResult>>> enqueue)
    {
        ValueTask<TaskHandle<TResult>> enqueueing;
        try
        {
            enqueueing = enqueue(call);
        }
        catch (TaskException refused)
        {
            // Refused before it reached the engine: too large, or without a key.
            enqueueing = ValueTask.FromException<TaskHandle<TResult>>(refused);
        }

        _underWay.Enqueue(enqueueing);
    }

    private async ValueTask CollectAsync()
    {
        int index = _collected++;
        try
        {
            _handles.Add(await _underWay.Dequeue().ConfigureAwait(false));
            _unconfirmedInARow = 0;
        }
        catch (TaskException failure)
        {
            _failedIndexes.Add(index);
            _failures.Add(failure);
            _unconfirmedInARow = failure is TaskUnconfirmedException ? _unconfirmedInARow + 1 : 0;
            _isRefusing |= _unconfirmedInARow >= depth || TakesNoMore(failure);
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            _mistake ??= mistake;
        }
    }

    // The calls are of one task, for one queue: what keeps one of them from it keeps them all.
    private static bool TakesNoMore(TaskException failure) =>
        failure is TaskConfigurationException or TaskRejectedException { Reason: TaskRejection.Full or TaskRejection.Refused or TaskRejection.Stopped };
}
