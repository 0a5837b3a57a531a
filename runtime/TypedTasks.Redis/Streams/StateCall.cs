using System.Buffers.Text;
using System.Text;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>What the server said of a conditional write.</summary>
/// <param name="Applied">Whether the value was written, or deleted.</param>
/// <param name="Standing">What stands in the way, revision and bytes; null where nothing does.</param>
internal readonly record struct StateAnswer(bool Applied, byte[]? Standing);

/// <summary>
/// Writes or deletes a value of the state store, on a condition. Two of them belong to every run of a keyed task: the claim of its key, and its end.
/// </summary>
internal sealed class StateCall(RedisEngine engine) : PooledCall<StateAnswer>
{
    private const int RevisionLength = 20;

    // Creating answers nothing when it has written; nothing is no success of the others.
    private bool _nothingIsSuccess;

    /// <summary>Writes the value unless there is one, by a plain command, which costs the server a quarter of a script. From 7.0 on, and not while its memory is full.</summary>
    internal ValueTask<StateAnswer> SetAsync(ReadOnlySpan<byte> root, string key, long revision, long life, ReadOnlySpan<byte> value, CancellationToken cancellationToken)
    {
        _nothingIsSuccess = true;
        Request.WriteCommand(life == 0 ? 5 : 7);
        Request.WriteBulk("SET"u8);
        WriteKey(root, key);
        Span<byte> mark = stackalloc byte[RevisionLength];
        Utf8Formatter.TryFormat(revision, mark, out int digits);
        mark[digits++] = (byte)':';
        Request.WriteBulk(mark[..digits], value);
        Request.WriteBulk("NX"u8);
        Request.WriteBulk("GET"u8);
        if (life != 0)
        {
            Request.WriteBulk("PX"u8);
            Request.WriteBulk(life);
        }

        return SendAsync(cancellationToken);
    }

    /// <summary>Writes the value unless there is one (<c>state-create.lua</c>).</summary>
    internal ValueTask<StateAnswer> CreateAsync(ReadOnlySpan<byte> root, string key, long revision, long life, ReadOnlySpan<byte> value, CancellationToken cancellationToken)
    {
        _nothingIsSuccess = true;
        LuaScript.StateCreate.WriteTo(Request, keys: 1, arguments: 3);
        WriteKey(root, key);
        WriteValue(revision, life, value);
        return SendAsync(cancellationToken);
    }

    /// <summary>Replaces the value if its revision is <paramref name="expected"/> (<c>state-replace.lua</c>).</summary>
    internal ValueTask<StateAnswer> ReplaceAsync(
        ReadOnlySpan<byte> root, string key, long expected, long revision, long life, ReadOnlySpan<byte> value, CancellationToken cancellationToken)
    {
        _nothingIsSuccess = false;
        LuaScript.StateReplace.WriteTo(Request, keys: 1, arguments: 4);
        WriteKey(root, key);
        WriteValue(revision, life, value);
        Request.WriteBulk(expected);
        return SendAsync(cancellationToken);
    }

    /// <summary>Deletes the value if its revision is <paramref name="expected"/> (<c>state-delete.lua</c>).</summary>
    internal ValueTask<StateAnswer> DeleteAsync(ReadOnlySpan<byte> root, string key, long expected, CancellationToken cancellationToken)
    {
        _nothingIsSuccess = false;
        LuaScript.StateDelete.WriteTo(Request, keys: 1, arguments: 1);
        WriteKey(root, key);
        Request.WriteBulk(expected);
        return SendAsync(cancellationToken);
    }

    internal override void OnReply(ref RespReader reply)
    {
        if (reply.IsError)
        {
            ReadOnlySpan<byte> line = reply.ReadBytes();
            if (!engine.Router.TrySendAgain(this, line))
            {
                Finish(default, RedisEngine.Refused(RespError.Parse(line)));
            }

            return;
        }

        Finish(Read(ref reply), null);
    }

    internal override void OnLost(Exception cause, bool sent) => Finish(default, RedisEngine.NoAnswer(cause));

    protected override void Recycle() => engine.StateCalls.Return(this);

    private StateAnswer Read(ref RespReader reply)
    {
        if (reply.TryReadNull())
        {
            return new StateAnswer(_nothingIsSuccess, null);
        }

        return reply.Type == RespType.Integer ? new StateAnswer(reply.ReadInteger() == 1, null) : new StateAnswer(false, reply.ReadBytes().ToArray());
    }

    private void WriteKey(ReadOnlySpan<byte> root, string key)
    {
        Span<byte> name = stackalloc byte[root.Length + Encoding.UTF8.GetByteCount(key)];
        root.CopyTo(name);
        Encoding.UTF8.GetBytes(key, name[root.Length..]);
        Slot = ClusterSlot.Of(name);
        Request.WriteBulk(name);
    }

    private void WriteValue(long revision, long life, ReadOnlySpan<byte> value)
    {
        Request.WriteBulk(revision);
        Request.WriteBulk(life);
        Request.WriteBulk(value);
    }

    private ValueTask<StateAnswer> SendAsync(CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        ValueTask<StateAnswer> result = Result;
        engine.Router.Send(this);
        return result;
    }
}
