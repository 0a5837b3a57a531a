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

    public async ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken)
    {
        RespValue answer = await GetAsync(KeyOf(key), cancellationToken).ConfigureAwait(false);
        return answer.IsNull ? null : Parse(answer.Bytes);
    }

    public ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) =>
        WriteAsync(LuaScript.StateCreate, key, null, value, timeToLive, cancellationToken);

    public ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) =>
        WriteAsync(LuaScript.StateReplace, key, revision, value, timeToLive, cancellationToken);

    public async ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken)
    {
        byte[] name = KeyOf(key);
        RespValue answer = await engine.RunAsync(LuaScript.StateDelete, ClusterSlot.Of(name), [name], [RedisEngine.Number(revision)], cancellationToken).ConfigureAwait(false);
        return answer.Integer == 1;
    }

    /// <summary>In the ordinal order of the keys. Reads through all keys of the server: for tools, not for the hot path.</summary>
    public async IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        int root = Encoding.UTF8.GetByteCount(Root);
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (RedisNode node in engine.Router.Primaries)
        {
            string cursor = "0";
            do
            {
                var call = new RedisCall("SCAN", cursor, "MATCH", Escape(Root + prefix) + "*", "COUNT", "1000");
                engine.ThrowIfStopped();
                node.Send(call);
                RespValue page = await AnswerAsync(call, cancellationToken).ConfigureAwait(false);
                cursor = page[0].Text;
                keys.UnionWith(page[1].Items.Select(key => Encoding.UTF8.GetString(key.Bytes.AsSpan(root))));
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

    private string Root => $"{engine.Options.KeyPrefix}:state:";

    private async ValueTask<StateWrite> WriteAsync(LuaScript script, string key, long? expected, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        byte[] name = KeyOf(key);
        if (value.Length > engine.Options.MaxOutcomeLength)
        {
            throw new ArgumentException(
                $"The value of '{key}' is {value.Length} bytes long; the Redis engine takes {engine.Options.MaxOutcomeLength} ({nameof(RedisEngineOptions)}.{nameof(RedisEngineOptions.MaxOutcomeLength)}).",
                nameof(value));
        }

        long life = timeToLive == Timeout.InfiniteTimeSpan ? 0 : Math.Max(1, Milliseconds.UntilEnd(timeToLive));
        long revision = Random.Shared.NextInt64(1, long.MaxValue);
        byte[][] arguments = [RedisEngine.Number(revision), RedisEngine.Number(life), value.ToArray()];
        if (expected is { } number)
        {
            arguments = [.. arguments, RedisEngine.Number(number)];
        }

        RespValue answer = await engine.RunAsync(script, ClusterSlot.Of(name), [name], arguments, cancellationToken).ConfigureAwait(false);
        bool applied = expected is null ? answer.IsNull : answer.Type is RespType.Integer;
        return new StateWrite(applied, applied ? new StateEntry(arguments[2], revision) : answer.IsNull ? default : Parse(answer.Bytes));
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
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.Any(char.IsControl) || Encoding.UTF8.GetByteCount(key) > MaxKeyLength)
        {
            throw new ArgumentException($"A key of the state store is up to {MaxKeyLength} UTF-8 bytes without control characters.", nameof(key));
        }

        return Encoding.UTF8.GetBytes(Root + key);
    }

    private static async Task<RespValue> AnswerAsync(RedisCall call, CancellationToken cancellationToken)
    {
        try
        {
            RespValue answer = await call.Reply.WaitAsync(cancellationToken).ConfigureAwait(false);
            return answer.IsError ? throw new TaskEngineException($"Redis answered '{answer.Error.Message}'.") : answer;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or TaskEngineException))
        {
            throw new TaskEngineException($"Redis did not answer: {exception.Message}", exception);
        }
    }

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
