namespace TypedTasks.Engine;

/// <summary>A value in the state store.</summary>
/// <param name="Value">The value.</param>
/// <param name="Revision">Changes with every write of the key, so that a writer can say which value it replaces.</param>
public readonly record struct StateEntry(ReadOnlyMemory<byte> Value, long Revision);

/// <summary>What a conditional write did.</summary>
/// <param name="Applied">Whether the value was written.</param>
/// <param name="Current">The entry after the write: the written one, or the one that stood in the way (default when there is none).</param>
public readonly record struct StateWrite(bool Applied, StateEntry Current);

/// <summary>
/// A small key-value state with a time to live and conditional writes: create if absent, replace if unchanged. Enough for claims, records and locks.
/// </summary>
/// <remarks>Keys are up to 640 UTF-8 bytes of any text without control characters; engines escape what their store does not take. Values are small (up to the outcome limit).</remarks>
public interface IStateStore
{
    /// <summary>Reads a value; null when there is none, or it has expired.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Writes a value if the key has none.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer; the value may have been written.</exception>
    ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken);

    /// <summary>Replaces a value if its revision is still <paramref name="revision"/>.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer; the value may have been written.</exception>
    ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken);

    /// <summary>Deletes a value if its revision is still <paramref name="revision"/>; returns whether it did.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer; the value may have been deleted.</exception>
    ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken);

    /// <summary>The keys that start with <paramref name="prefix"/>, with their values.</summary>
    IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(string prefix, CancellationToken cancellationToken);
}
