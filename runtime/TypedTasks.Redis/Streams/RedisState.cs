using System.Runtime.CompilerServices;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;
using TypedTasks.Shared;

namespace TypedTasks.Redis.Streams;

/// <summary>The state store: one string a key, its revision before its bytes. A revision is a random number, so that one that was deleted never comes back.</summary>
internal sealed class RedisState(RedisEngine engine) : IStateStore
{
    private const int MaxKeyLength = 640;

    /// <summary>From here on <c>SET</c> takes <c>NX</c> and <c>GET</c> together.</summary>
    private static readonly Version SetsAndGets = new(7, 0);

    private readonly byte[] _root = Encoding.UTF8.GetBytes($"{engine.Options.KeyPrefix}:state:");

    public async ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken)
    {
        RespValue answer = await GetAsync(KeyOf(key), cancellationToken).ConfigureAwait(false);
        return answer.IsNull ? null : Parse(answer.Bytes);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        Check(key, value);
        long revision = NewRevision();
        long life = Life(timeToLive);
        if (engine.Router.Server is { } server && server.Version >= SetsAndGets)
        {
            try
            {
                return Write(await engine.StateCalls.Rent().SetAsync(_root, key, revision, life, value.Span, cancellationToken).ConfigureAwait(false), value, revision);
            }
            catch (TaskEngineException refusal) when (refusal.InnerException is RedisServerException)
            {
                // Its memory is full, or this node of a cluster is older: the script may still.
            }
        }

        return Write(await engine.StateCalls.Rent().CreateAsync(_root, key, revision, life, value.Span, cancellationToken).ConfigureAwait(false), value, revision);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        Check(key, value);
        long next = NewRevision();
        return Write(await engine.StateCalls.Rent().ReplaceAsync(_root, key, revision, next, Life(timeToLive), value.Span, cancellationToken).ConfigureAwait(false), value, next);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken)
    {
        Check(key);
        return (await engine.StateCalls.Rent().DeleteAsync(_root, key, revision, cancellationToken).ConfigureAwait(false)).Applied;
    }

    /// <summary>In the ordinal order of the keys. Reads through all keys of the server: for tools, not for the hot path.</summary>
    public async IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        string pattern = Escape(Encoding.UTF8.GetString(_root) + prefix) + "*";
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (RedisNode node in engine.Router.Primaries)
        {
            string cursor = "0";
            do
            {
                RespValue page = await engine.AskAsync(new RedisCall("SCAN", cursor, "MATCH", pattern, "COUNT", "1000"), cancellationToken, node).ConfigureAwait(false);
                cursor = page[0].Text;
                keys.UnionWith(page[1].Items.Select(key => Encoding.UTF8.GetString(key.Bytes.AsSpan(_root.Length))));
            }
            while (cursor != "0");
        }

        foreach (string key in keys)
        {
            RespValue answer = await GetAsync(KeyOf(key), cancellationToken).ConfigureAwait(false);
            if (!answer.IsNull)
            {
                yield return new(key, Parse(answer.Bytes));
            }
        }
    }

    private Task<RespValue> GetAsync(byte[] name, CancellationToken cancellationToken)
    {
        var call = new RedisCall { Router = engine.Router, Slot = ClusterSlot.Of(name) };
        call.Request.WriteCommand(2);
        call.Request.WriteBulk("GET"u8);
        call.Request.WriteBulk(name);
        return engine.AskAsync(call, cancellationToken);
    }

    private byte[] KeyOf(string key)
    {
        Check(key);
        return [.. _root, .. Encoding.UTF8.GetBytes(key)];
    }

    private void Check(string key, ReadOnlyMemory<byte> value)
    {
        Check(key);
        if (value.Length > engine.Options.MaxOutcomeLength)
        {
            throw new ArgumentException(
                $"The value of '{key}' is {value.Length} bytes long; the Redis engine takes {engine.Options.MaxOutcomeLength} ({nameof(RedisEngineOptions)}.{nameof(RedisEngineOptions.MaxOutcomeLength)}).",
                nameof(value));
        }
    }

    private void Check(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.AsSpan().ContainsAnyInRange('\0', '\u001f') || key.AsSpan().ContainsAnyInRange('\u007f', '\u009f') || Encoding.UTF8.GetByteCount(key) > MaxKeyLength)
        {
            throw new ArgumentException($"A key of the state store is up to {MaxKeyLength} UTF-8 bytes without control characters.", nameof(key));
        }

        engine.ThrowIfStopped();
    }

    private static long NewRevision() => Random.Shared.NextInt64(1, long.MaxValue);

    private static long Life(TimeSpan timeToLive) => timeToLive == Timeout.InfiniteTimeSpan ? 0 : Math.Max(1, Milliseconds.UntilEnd(timeToLive));

    private static StateWrite Write(StateAnswer answer, ReadOnlyMemory<byte> value, long revision) =>
        new(answer.Applied, answer.Applied ? new StateEntry(value, revision) : answer.Standing is { } standing ? Parse(standing) : default);

    private static StateEntry Parse(byte[] bytes)
    {
        int colon = bytes.AsSpan().IndexOf((byte)':');
        return colon > 0 && RespNumber.TryParse(bytes.AsSpan(0, colon), out long revision)
            ? new StateEntry(bytes.AsMemory(colon + 1), revision)
            : throw new TaskEngineException("A value of the state store in Redis is not of the form that this engine stores.");
    }

    /// <summary>Takes their meaning from the characters that SCAN would read as a pattern.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (char character in text)
        {
            if (character is '*' or '?' or '[' or ']' or '\\' or '^')
            {
                escaped.Append('\\');
            }

            escaped.Append(character);
        }

        return escaped.ToString();
    }
}
