using System.Globalization;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;
using TypedTasks.Redis.Streams;

namespace TypedTasks.Redis;

// Commands and scripts off the hot path.
public sealed partial class RedisEngine
{
    /// <summary>Makes sure of a lane's stream and group; also when it was deleted under us.</summary>
    internal async Task<(bool Made, long Epoch, bool Paused)> EnsureLaneAsync(LaneKeys keys, long lease, CancellationToken cancellationToken)
    {
        RespValue answer = await RunAsync(
            LuaScript.Ensure, keys.Queue.Slot, [keys.Stream, keys.Meta, keys.Queue.Paused], [LaneKeys.Group.ToArray(), Number(lease)], cancellationToken).ConfigureAwait(false);
        await RunAsync(LuaScript.Register, ClusterSlot.Of(_lanesKey), [_lanesKey], [System.Text.Encoding.UTF8.GetBytes(keys.Lane.ToString())], cancellationToken).ConfigureAwait(false);
        return (answer[0].Integer == 1, RespNumber.ParseOrZero(answer[1].Bytes), answer[2].Integer == 1);
    }

    internal async Task<(long Moved, long Next, bool Paused)> MoveDueAsync(LaneKeys keys, int most)
    {
        RespValue answer = await RunAsync(
            LuaScript.Move, keys.Queue.Slot, [keys.Stream, keys.Due, keys.Tasks, keys.Queue.Paused], [Number(most)], CancellationToken.None).ConfigureAwait(false);
        return (answer[0].Integer, answer[1].Integer, answer[2].Integer == 1);
    }

    /// <summary>Brings back what was delivered to a consumer that was deleted; returns how many, and where to go on.</summary>
    internal async Task<(long Found, byte[] Cursor)> BringBackAsync(LaneKeys keys, byte[] cursor, int entries)
    {
        RespValue answer = await RunAsync(
            LuaScript.Orphans, keys.Queue.Slot, [keys.Stream, keys.Tasks], [LaneKeys.Group.ToArray(), cursor, Number(entries)], CancellationToken.None).ConfigureAwait(false);
        return (answer[0].Integer, answer[1].Bytes.Length == 0 ? "-"u8.ToArray() : [(byte)'(', .. answer[1].Bytes]);
    }

    /// <summary>Runs a script off the hot path.</summary>
    internal Task<RespValue> RunAsync(
        LuaScript script, int slot, byte[][] keys, byte[][] arguments, CancellationToken cancellationToken) => RunAsync(script, slot, keys, arguments, false, cancellationToken);

    /// <summary>The same; on demand, what is not on enough replicas is no answer.</summary>
    internal Task<RespValue> RunAsync(LuaScript script, int slot, byte[][] keys, byte[][] arguments, bool needsReplicas, CancellationToken cancellationToken)
    {
        var call = new RedisCall { Router = Router, Slot = slot, NeedsReplicas = needsReplicas };
        script.WriteTo(call.Request, keys.Length, arguments.Length);
        foreach (byte[] key in keys)
        {
            call.Request.WriteBulk(key);
        }

        foreach (byte[] argument in arguments)
        {
            call.Request.WriteBulk(argument);
        }

        return AskAsync(call, cancellationToken);
    }

    /// <summary>Sends a command off the hot path, to the node that has its keys or to the one that is named.</summary>
    /// <exception cref="TaskEngineException">There was no answer, or it was an error.</exception>
    internal async Task<RespValue> AskAsync(RedisCall call, CancellationToken cancellationToken, RedisNode? node = null)
    {
        ThrowIfStopped();
        RespValue answer;
        (node ?? Router.NodeFor(call.Slot)).Send(call);
        try
        {
            answer = await call.Reply.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw NoAnswer(exception);
        }

        return answer.IsError ? throw Refused(answer.Error) : answer;
    }

    internal static TaskEngineException NoAnswer(Exception cause) => new($"Redis did not answer: {cause.Message}", cause);

    internal static TaskEngineException Refused(RespError error) => new($"Redis answered '{error.Message}'.", new RedisServerException(error));

    internal static byte[] Number(long number) => System.Text.Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    internal static byte[] Bytes(TaskId id)
    {
        byte[] bytes = new byte[TaskId.Size];
        id.Write(bytes);
        return bytes;
    }
}
