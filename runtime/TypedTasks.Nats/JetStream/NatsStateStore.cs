using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using TypedTasks.Engine;
using TypedTasks.Nats.Protocol;
using TypedTasks.Shared;

namespace TypedTasks.Nats.JetStream;

/// <summary>The key-value state on a stream of records. A revision is the sequence of the record, which the server compares.</summary>
internal sealed class NatsStateStore(NatsEngine engine, RecordStream records) : IStateStore
{
    private const int MaxKeyBytes = 640;

    private readonly KnownRecords _known = new();

    public async ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken)
    {
        string token = Check(key);
        cancellationToken.ThrowIfCancellationRequested();
        if (await records.GetAsync(token, cancellationToken).ConfigureAwait(false) is not { IsExpired: false } found)
        {
            return null;
        }

        _known.Add(found.Revision, DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(found.Expiry, Milliseconds.Latest)));
        return Entry(found);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        string token = Check(key, value, timeToLive);
        cancellationToken.ThrowIfCancellationRequested();
        ulong expected = 0;
        while (true)
        {
            RecordWrite write = await WriteAsync(token, expected, value, timeToLive, cancellationToken).ConfigureAwait(false);
            if (write.Applied)
            {
                return new StateWrite(true, new StateEntry(value, (long)write.Revision));
            }

            StoredRecord? current = await records.GetAsync(token, cancellationToken).ConfigureAwait(false);
            if (current is { IsExpired: false } standing)
            {
                return new StateWrite(false, Entry(standing));
            }

            expected = current?.Revision ?? 0;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        string token = Check(key, value, timeToLive);
        cancellationToken.ThrowIfCancellationRequested();
        bool isAlive = _known.IsAlive((ulong)revision, engine.Time.GetUtcNow());
        StoredRecord? current = null;
        if (!isAlive)
        {
            current = await records.GetAsync(token, cancellationToken).ConfigureAwait(false);
            isAlive = current is { IsExpired: false } && (long)current.Value.Revision == revision;
        }

        if (isAlive)
        {
            RecordWrite write = await WriteAsync(token, (ulong)revision, value, timeToLive, cancellationToken).ConfigureAwait(false);
            if (write.Applied)
            {
                return new StateWrite(true, new StateEntry(value, (long)write.Revision));
            }

            current = await records.GetAsync(token, cancellationToken).ConfigureAwait(false);
        }

        return new StateWrite(false, current is { IsExpired: false } standing ? Entry(standing) : default);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken)
    {
        string token = Check(key);
        cancellationToken.ThrowIfCancellationRequested();

        // A message is deleted by its sequence, and a replaced one is not there any more: the server's own comparison.
        bool isAlive = _known.IsAlive((ulong)revision, engine.Time.GetUtcNow())
            || (await records.GetAsync(token, cancellationToken).ConfigureAwait(false) is { IsExpired: false } current && (long)current.Revision == revision);
        return isAlive && await Failures.TypedAsync(records.DeleteAsync((ulong)revision, cancellationToken)).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        foreach ((string key, string token) in await Failures.TypedAsync(KeysAsync(prefix, cancellationToken)).ConfigureAwait(false))
        {
            if (await records.GetAsync(token, cancellationToken).ConfigureAwait(false) is { IsExpired: false } found)
            {
                yield return new(key, Entry(found));
            }
        }
    }

    // The keys with their tokens, in ordinal order.
    private async ValueTask<SortedDictionary<string, string>> KeysAsync(string prefix, CancellationToken cancellationToken)
    {
        var keys = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach ((string subject, _) in engine.SubjectCountsAsync(records.Stream, records.SubjectPrefix + ">", cancellationToken).ConfigureAwait(false))
        {
            string token = subject[records.SubjectPrefix.Length..];
            if (SubjectToken.Unescape(token) is { } key && key.StartsWith(prefix, StringComparison.Ordinal) && !key.StartsWith(InternalKeys.Prefix, StringComparison.Ordinal))
            {
                keys.Add(key, token);
            }
        }

        return keys;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RecordWrite> WriteAsync(string token, ulong expected, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        DateTimeOffset expiry = engine.Time.GetUtcNow() + timeToLive;
        RecordWrite write = await records.WriteAsync(token, expected, value, expiry, cancellationToken).ConfigureAwait(false);
        if (write.Applied)
        {
            _known.Add(write.Revision, expiry);
        }

        return write;
    }

    private static StateEntry Entry(in StoredRecord record) => new(record.Body, (long)record.Revision);

    private static string Check(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (Encoding.UTF8.GetByteCount(key) > MaxKeyBytes || key.AsSpan().ContainsAnyInRange('\0', '\u001f'))
        {
            throw new ArgumentException($"A key has up to {MaxKeyBytes} UTF-8 bytes without control characters.", nameof(key));
        }

        return SubjectToken.Escape(key);
    }

    private string Check(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive)
    {
        if (value.Length > engine.Limits.MaxOutcomeLength)
        {
            throw new ArgumentException($"The value is {value.Length} bytes long; the NATS engine takes {engine.Limits.MaxOutcomeLength} (NatsEngineOptions.MaxOutcomeLength).", nameof(value));
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero);
        if (timeToLive > engine.Options.MaxRetention)
        {
            throw new TaskEngineException($"The value is to be kept for {timeToLive}; the NATS engine keeps at most {engine.Options.MaxRetention} (NatsEngineOptions.MaxRetention).");
        }

        return Check(key);
    }
}

/// <summary>Keys of the engine's own in the state store; they are not listed.</summary>
internal static class InternalKeys
{
    public const string Prefix = "~";

    public static string Pause(string queue) => $"~pause/{queue}";

    public static string Epoch(Lane lane) => $"~epoch/{lane.Queue}/{lane.Contract}";

    public static string Mover(string queue) => $"~mover/{queue}";

    public static string Sweeper => "~sweeper";
}
