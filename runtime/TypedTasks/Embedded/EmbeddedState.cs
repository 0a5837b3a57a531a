using System.Runtime.CompilerServices;
using System.Text;
using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>The key-value state, under a lock of its own.</summary>
internal sealed class EmbeddedState(EmbeddedEngineOptions options, EngineClock clock, EngineTimer timer) : IStateStore
{
    private const int MaxKeyLength = 640;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // By the end of their time. An entry that was replaced or deleted leaves an item behind, recognised by its revision and thrown away in time.
    private readonly PriorityQueue<(string Key, long Revision), long> _expiries = new();
    private long _revision;
    private bool _stopped;

    public ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken)
    {
        CheckKey(key);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ThrowIfStopped();
            return new ValueTask<StateEntry?>(Find(key, clock.Now) is { } entry ? entry.Public : null);
        }
    }

    public ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        Check(key, value, timeToLive);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ThrowIfStopped();
            long now = clock.Now;
            if (Find(key, now) is { } existing)
            {
                return new ValueTask<StateWrite>(new StateWrite(false, existing.Public));
            }

            if (_entries.Count >= options.MaxStateEntries)
            {
                ForgetDue(now, int.MaxValue);
                ThrowIfFull();
            }

            return new ValueTask<StateWrite>(Write(key, value, timeToLive, now));
        }
    }

    public ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        Check(key, value, timeToLive);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ThrowIfStopped();
            long now = clock.Now;
            Entry? existing = Find(key, now);
            return new ValueTask<StateWrite>(existing?.Public.Revision == revision
                ? Write(key, value, timeToLive, now)
                : new StateWrite(false, existing?.Public ?? default));
        }
    }

    public ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken)
    {
        CheckKey(key);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ThrowIfStopped();
            return new ValueTask<bool>(Find(key, clock.Now)?.Public.Revision == revision && _entries.Remove(key));
        }
    }

    /// <summary>As of the call, in the ordinal order of the keys.</summary>
    public async IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        await Task.CompletedTask.ConfigureAwait(false);
        List<KeyValuePair<string, StateEntry>> found = [];
        lock (_gate)
        {
            ThrowIfStopped();
            long now = clock.Now;
            foreach ((string key, Entry entry) in _entries)
            {
                if (entry.Due > now && key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    found.Add(new(key, entry.Public));
                }
            }
        }

        found.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        foreach (KeyValuePair<string, StateEntry> entry in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    /// <summary>Forgets what is over.</summary>
    internal void Sweep()
    {
        bool more;
        do
        {
            lock (_gate)
            {
                more = ForgetDue(clock.Now, 1_024);
            }
        }
        while (more);
    }

    internal void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
        }
    }

    private Entry? Find(string key, long now) => _entries.TryGetValue(key, out Entry? entry) && entry.Due > now ? entry : null;

    private StateWrite Write(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, long now)
    {
        Entry entry = new(new StateEntry(value.ToArray(), ++_revision), EngineClock.After(now, timeToLive));
        _entries[key] = entry;
        _expiries.Enqueue((key, entry.Public.Revision), entry.Due);
        if (_expiries.Count > (2 * _entries.Count) + 64)
        {
            _expiries.Clear();
            _expiries.EnqueueRange(_entries.Select(pair => ((pair.Key, pair.Value.Public.Revision), pair.Value.Due)));
        }

        timer.Request(entry.Due);
        return new StateWrite(true, entry.Public);
    }

    private bool ForgetDue(long now, int count)
    {
        for (; _expiries.TryPeek(out (string Key, long Revision) item, out long due); count--)
        {
            bool stale = !_entries.TryGetValue(item.Key, out Entry? entry) || entry.Public.Revision != item.Revision;
            if (!stale && due > now)
            {
                timer.Request(due);
                return false;
            }

            if (count == 0)
            {
                return true;
            }

            _expiries.Dequeue();
            if (!stale)
            {
                _entries.Remove(item.Key);
            }
        }

        return false;
    }

    private void ThrowIfFull()
    {
        if (_entries.Count >= options.MaxStateEntries)
        {
            throw new TaskEngineException(
                $"The state store is full: it holds {options.MaxStateEntries} entries ({nameof(EmbeddedEngineOptions)}.{nameof(EmbeddedEngineOptions.MaxStateEntries)}).");
        }
    }

    private void ThrowIfStopped()
    {
        if (_stopped)
        {
            throw EmbeddedEngine.StoppedFailure();
        }
    }

    private void Check(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive)
    {
        CheckKey(key);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero);
        if (value.Length > options.MaxOutcomeLength)
        {
            throw new ArgumentException(
                $"The value of '{key}' is {value.Length} bytes long; the embedded engine takes {options.MaxOutcomeLength} ({nameof(EmbeddedEngineOptions)}.{nameof(EmbeddedEngineOptions.MaxOutcomeLength)}).",
                nameof(value));
        }
    }

    private static void CheckKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.Length > MaxKeyLength || Encoding.UTF8.GetByteCount(key) > MaxKeyLength)
        {
            throw new ArgumentException($"A key has at most {MaxKeyLength} UTF-8 bytes.", nameof(key));
        }

        foreach (char character in key)
        {
            if (char.IsControl(character))
            {
                throw new ArgumentException("A key has no control characters.", nameof(key));
            }
        }
    }

    private sealed record Entry(StateEntry Public, long Due);
}
