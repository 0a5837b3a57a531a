using TypedTasks.Engine;
using TypedTasks.MessagePack;

namespace TypedTasks.Idempotency;

/// <summary>The effects of one attempt: opens the task's journal at the first of them, and runs each effect that is not recorded yet.</summary>
/// <remarks>Effects may run side by side; their records are written one after another.</remarks>
internal sealed class EffectScope(IStateStore state, TaskId id, long fence, TimeSpan keep, int maxLength)
{
    private readonly SemaphoreSlim _journalGate = new(1, 1);
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);

    // What was run and may not be recorded, because the store did not answer.
    private readonly Dictionary<string, byte[]> _unconfirmed = new(StringComparer.Ordinal);
    private EffectJournal? _journal;

    internal async ValueTask<T> RunAsync<T>(string key, Func<CancellationToken, ValueTask<T>> effect, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(effect);
        PayloadCodecs.Require<T>();
        if (await BeginAsync(key, cancellationToken).ConfigureAwait(false) is { } recorded)
        {
            return PayloadCodecs.FromBytes<T>(recorded.Span);
        }

        try
        {
            T returned = await effect(cancellationToken).ConfigureAwait(false);

            // The effect has happened: it is recorded even if the attempt was told to stop meanwhile, unless its lease is lost.
            await RecordAsync(key, PayloadCodecs.ToBytes(returned)).ConfigureAwait(false);
            return returned;
        }
        finally
        {
            lock (_running)
            {
                _running.Remove(key);
            }
        }
    }

    /// <summary>What was recorded of the effect, or is now because it was run before; null when it is ours to run.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> BeginAsync(string key, CancellationToken cancellationToken)
    {
        await _journalGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _journal ??= await EffectJournal.OpenAsync(state, id, fence, keep, maxLength, cancellationToken).ConfigureAwait(false);

            // Opening may have taken long: whoever was told to stop meanwhile starts no effect.
            cancellationToken.ThrowIfCancellationRequested();
            if (_journal.TryGet(key, out ReadOnlyMemory<byte> recorded))
            {
                return recorded;
            }

            if (_unconfirmed.TryGetValue(key, out byte[]? returned))
            {
                await RecordLockedAsync(key, returned).ConfigureAwait(false);
                return returned;
            }

            // Under the gate that records are written under: one that comes beside its own run finds it running or recorded, and never neither.
            lock (_running)
            {
                return _running.Add(key)
                    ? null
                    : throw new InvalidOperationException($"The effect '{key}' is running already in this attempt. Give each effect of a task a key of its own.");
            }
        }
        finally
        {
            _journalGate.Release();
        }
    }

    private async ValueTask RecordAsync(string key, byte[] returned)
    {
        await _journalGate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await RecordLockedAsync(key, returned).ConfigureAwait(false);
        }
        finally
        {
            _journalGate.Release();
        }
    }

    private async ValueTask RecordLockedAsync(string key, byte[] returned)
    {
        try
        {
            _journal ??= await EffectJournal.OpenAsync(state, id, fence, keep, maxLength, CancellationToken.None).ConfigureAwait(false);
            await _journal.RecordAsync(key, returned, CancellationToken.None).ConfigureAwait(false);
            _unconfirmed.Remove(key);
        }
        catch (TaskEngineException)
        {
            // Written or not, its revision is not known any more: whoever comes next opens the journal anew, and sees.
            _journal = null;
            _unconfirmed[key] = returned;
            throw;
        }
    }
}
