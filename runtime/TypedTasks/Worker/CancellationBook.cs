using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TypedTasks.Engine;

namespace TypedTasks.Worker;

/// <summary>
/// What this worker knows of cancellations: told by broadcast, and read from the state store at start and from time to time, for a broadcast may be lost.
/// Asking takes no lock.
/// </summary>
internal sealed class CancellationBook(ITaskEngine engine, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan RereadEvery = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<TaskId, bool> _cancelled = new();

    // As good as always zero, and every task asks three times: asked before the table, which has to hash the id.
    private int _count;
    private ImmutableArray<LaneWorker> _lanes = [];
    private IAsyncDisposable? _subscription;
    private ITimer? _reread;
    private int _failures;

    /// <summary>Whether a task is to be cancelled. Allocates nothing.</summary>
    internal bool Contains(TaskId id) => Volatile.Read(ref _count) != 0 && _cancelled.ContainsKey(id);

    /// <summary>Tells <paramref name="lane"/> of cancellations from now on.</summary>
    internal void Add(LaneWorker lane) => ImmutableInterlocked.Update(ref _lanes, static (lanes, added) => lanes.Add(added), lane);

    /// <summary>Listens first and reads then, so that nothing falls between the two. Once it is started, starting it is nothing; after a failure it is to be tried again.</summary>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_reread is not null)
        {
            return;
        }

        _subscription ??= await engine.Broadcast.SubscribeAsync(TaskCancellation.Channel, OnMessage, cancellationToken).ConfigureAwait(false);
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        _reread = time.CreateTimer(static state => _ = ((CancellationBook)state!).RereadAsync(), this, RereadEvery, RereadEvery);
    }

    /// <summary>The engine has recorded the task's end, whatever it is: a tombstone has nothing left to do. Not before that: the task may yet be delivered again.</summary>
    internal void Ended(TaskId id)
    {
        if (Contains(id) && TryRemove(id))
        {
            _ = ForgetAsync(id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_reread is not null)
        {
            await _reread.DisposeAsync().ConfigureAwait(false);
        }

        if (_subscription is not null)
        {
            await _subscription.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void OnMessage(ReadOnlyMemory<byte> message)
    {
        if (message.Length == TaskId.Size)
        {
            Cancel(TaskId.Read(message.Span));
        }
    }

    private void Cancel(TaskId id)
    {
        if (_cancelled.TryAdd(id, true))
        {
            Interlocked.Increment(ref _count);
            foreach (LaneWorker lane in _lanes)
            {
                lane.Cancel(id);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        // What is told while the list is read may be missing in it, and is not to be forgotten for that.
        ICollection<TaskId> before = _cancelled.Keys;
        var known = new HashSet<TaskId>();
        await foreach ((string key, _) in engine.State.ListAsync(TaskCancellation.Prefix, cancellationToken).ConfigureAwait(false))
        {
            if (TaskId.TryParse(key.AsSpan(TaskCancellation.Prefix.Length), null, out TaskId id))
            {
                known.Add(id);
                Cancel(id);
            }
        }

        foreach (TaskId id in before.Where(id => !known.Contains(id)))
        {
            // Another worker has cancelled it, or its time is over.
            TryRemove(id);
        }
    }

    private bool TryRemove(TaskId id)
    {
        bool removed = _cancelled.TryRemove(id, out _);
        if (removed)
        {
            Interlocked.Decrement(ref _count);
        }

        return removed;
    }

    private async Task RereadAsync()
    {
        try
        {
            await ReadAsync(CancellationToken.None).ConfigureAwait(false);
            _failures = 0;
        }
        catch (TaskEngineException failure)
        {
            WorkerLog.CancellationsUnread(logger, ++_failures, failure);
        }
    }

    private async Task ForgetAsync(TaskId id)
    {
        try
        {
            await TaskCancellation.ForgetAsync(engine.State, id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TaskEngineException failure)
        {
            // It is forgotten by its time to live.
            WorkerLog.CancellationsUnread(logger, failures: 1, failure);
        }
    }
}
