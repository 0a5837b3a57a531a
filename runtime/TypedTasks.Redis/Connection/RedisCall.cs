using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>A command off the hot path: its reply is a tree, its waiter a task.</summary>
internal sealed class RedisCall : RespCommand
{
    private readonly TaskCompletionSource<RespValue> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RedisCall(params ReadOnlySpan<string> parts)
    {
        Request.WriteCommand(parts.Length);
        foreach (string part in parts)
        {
            Request.WriteBulk(part);
        }
    }

    /// <summary>A command that the caller writes into <see cref="RespCommand.Request"/>.</summary>
    internal RedisCall()
    {
    }

    /// <summary>Who sends the command again when its answer asks for it; null to take every answer as it is.</summary>
    internal RedisRouter? Router { get; init; }

    /// <summary>Whether an answer that is not on enough replicas is none.</summary>
    internal bool NeedsReplicas { get; init; }

    /// <summary>The reply, which may be an error of the server; fails where there is none.</summary>
    internal Task<RespValue> Reply => _reply.Task;

    internal override void OnReply(ref RespReader reply)
    {
        RespReader look = reply;
        if (reply.IsError && Router is not null && Router.TrySendAgain(this, look.ReadBytes()))
        {
            return;
        }

        _reply.TrySetResult(RespValue.Read(ref reply));
    }

    internal override void OnShort(ref RespReader reply, int replicas)
    {
        if (NeedsReplicas)
        {
            _reply.TrySetException(new TooFewReplicasException(replicas));
            return;
        }

        OnReply(ref reply);
    }

    // A refusal and the engine's end are told as they are; all else is a connection that broke, and those who try again look for that.
    internal override void OnLost(Exception cause, bool sent) =>
        _reply.TrySetException(cause is RedisRefusedException or ObjectDisposedException ? cause : RedisConnectionException.Of(cause));
}
