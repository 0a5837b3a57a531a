using System.Buffers;
using TypedTasks.Engine;
using TypedTasks.MessagePack;

namespace TypedTasks.Idempotency;

/// <summary>
/// The recorded effects of one task: a MessagePack array of version, fence, and a map from the effect's key to what it returned (binary).
/// Opened under a delivery's fence, which changes the stored revision, so that an earlier delivery that is still running records nothing more.
/// </summary>
internal sealed class EffectJournal
{
    private const int Version = 1;

    private readonly IStateStore _state;
    private readonly string _key;
    private readonly long _fence;
    private readonly TimeSpan _keep;
    private readonly int _maxLength;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _effects = new(StringComparer.Ordinal);
    private long _revision;

    private EffectJournal(IStateStore state, string key, long fence, TimeSpan keep, int maxLength)
    {
        _state = state;
        _key = key;
        _fence = fence;
        _keep = keep;
        _maxLength = maxLength;
    }

    /// <summary>Opens the journal of a task, and shuts out earlier deliveries of it.</summary>
    /// <exception cref="LeaseLostException">A later delivery has opened it.</exception>
    /// <exception cref="TaskEngineException">The store did not answer.</exception>
    internal static async ValueTask<EffectJournal> OpenAsync(IStateStore state, TaskId id, long fence, TimeSpan keep, int maxLength, CancellationToken cancellationToken)
    {
        var journal = new EffectJournal(state, $"e:{id}", fence, keep, maxLength);
        StateWrite opened = await state.CreateAsync(journal._key, journal.ToBytes(), keep, cancellationToken).ConfigureAwait(false);
        while (!opened.Applied)
        {
            journal.Read(opened.Current.Value);
            opened = opened.Current.Value.IsEmpty
                ? await state.CreateAsync(journal._key, journal.ToBytes(), keep, cancellationToken).ConfigureAwait(false)
                : await state.ReplaceAsync(journal._key, opened.Current.Revision, journal.ToBytes(), keep, cancellationToken).ConfigureAwait(false);
        }

        journal._revision = opened.Current.Revision;
        return journal;
    }

    /// <summary>What an effect returned when it was recorded.</summary>
    internal bool TryGet(string effect, out ReadOnlyMemory<byte> recorded) => _effects.TryGetValue(effect, out recorded);

    /// <summary>Records an effect. Once this returns it is never run again.</summary>
    /// <exception cref="LeaseLostException">A later delivery has opened the journal; nothing was recorded.</exception>
    /// <exception cref="PayloadTooLargeException">What the effects of the task returned is more than the store takes; this one was not recorded.</exception>
    /// <exception cref="TaskEngineException">The store did not answer.</exception>
    internal async ValueTask RecordAsync(string effect, ReadOnlyMemory<byte> returned, CancellationToken cancellationToken)
    {
        _effects[effect] = returned;
        byte[] bytes = ToBytes();
        if (bytes.Length > _maxLength)
        {
            _effects.Remove(effect);
            throw new PayloadTooLargeException(bytes.Length, _maxLength);
        }

        StateWrite write = await _state.ReplaceAsync(_key, _revision, bytes, _keep, cancellationToken).ConfigureAwait(false);
        if (!write.Applied && !write.Current.Value.Span.SequenceEqual(bytes))
        {
            _effects.Remove(effect);
            throw new LeaseLostException();
        }

        _revision = write.Current.Revision;
    }

    private void Read(ReadOnlyMemory<byte> bytes)
    {
        _effects.Clear();
        if (bytes.IsEmpty)
        {
            return;
        }

        var reader = new MessagePackReader(bytes.Span);
        int elements = reader.ReadArrayHeader();
        if (elements < 3 || reader.ReadInt32() != Version)
        {
            throw new MessagePackException("This is no journal of effects that this worker knows.");
        }

        if (reader.ReadInt64() > _fence)
        {
            throw new LeaseLostException();
        }

        int count = reader.ReadMapHeader();
        for (int i = 0; i < count; i++)
        {
            string effect = reader.ReadString() ?? string.Empty;
            int length = reader.ReadBinarySpan().Length;
            int end = (int)reader.Consumed;
            _effects[effect] = bytes[(end - length)..end];
        }
    }

    private byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(3);
        writer.Write(Version);
        writer.Write(_fence);
        writer.WriteMapHeader(_effects.Count);
        foreach ((string effect, ReadOnlyMemory<byte> returned) in _effects)
        {
            writer.WriteString(effect);
            writer.WriteBinary(returned.Span);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
