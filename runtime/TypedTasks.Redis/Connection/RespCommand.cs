using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>
/// A command on its way: its bytes, and what becomes of its reply. Subclasses are pooled where they are hot.
/// </summary>
/// <remarks>
/// The bytes are written before the command is sent and stay with it, so that it can be sent again (to another node, or after a script was loaded).
/// From sending until exactly one of <see cref="OnReply"/> and <see cref="OnLost"/> was called, the command belongs to the connection.
/// </remarks>
internal abstract class RespCommand
{
    /// <summary>The written command starts here in <see cref="Request"/>: what was reserved before it may not have been needed.</summary>
    internal int Start { get; set; }

    internal RespBuffer Request { get; } = new();

    /// <summary>The bytes to send.</summary>
    internal ReadOnlySpan<byte> Bytes => Request.Span[Start..];

    /// <summary>When it was handed to a connection, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    internal long SentAt { get; set; }

    /// <summary>The cluster slot of its keys; -1 where it has none.</summary>
    internal int Slot { get; set; } = -1;

    /// <summary>How often it was sent again because of an answer that asks for it.</summary>
    internal int Redirections { get; set; }

    /// <summary>Takes the reply. Called on the thread that reads the socket: it copies what it needs, wakes others elsewhere, and does not throw for what a server may answer.</summary>
    internal abstract void OnReply(ref RespReader reply);

    /// <summary>Takes the reply to what was executed and is on <paramref name="replicas"/> replicas only, fewer than configured. Which does not matter to most.</summary>
    internal virtual void OnShort(ref RespReader reply, int replicas) => OnReply(ref reply);

    /// <summary>There will be no reply. <paramref name="sent"/> says whether the server may have executed it.</summary>
    internal abstract void OnLost(Exception cause, bool sent);
}
