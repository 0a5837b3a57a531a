using System.Diagnostics.CodeAnalysis;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>
/// The <c>WAIT</c> behind every batch of commands, and the replies that it holds back: nobody is told that something was done before enough replicas have it.
/// </summary>
/// <remarks>
/// A batch and its <c>WAIT</c> are answered before the next batch goes out, so what comes meanwhile shares the next wait. The server counts from the
/// connection's last command, whatever it was, so a look at something confirms it as well. All members are called on the thread that reads the socket.
/// Source: https://redis.io/docs/latest/commands/wait/ (asynchronous replicas make no strong consistency: a failover may still choose another one).
/// </remarks>
internal sealed class ReplicaWait : RespCommand
{
    private readonly int _replicas;
    private readonly RespBuffer _replies = new(4 * 1024);
    private readonly List<(RespCommand Command, int End)> _held = [];
    private int _confirmed;
    private int _taken;

    /// <param name="replicas">How many replicas must have a write.</param>
    /// <param name="limit">How long a batch is held back at most.</param>
    internal ReplicaWait(int replicas, TimeSpan limit)
    {
        _replicas = replicas;
        Request.WriteCommand(3);
        Request.WriteBulk("WAIT"u8);
        Request.WriteBulk(replicas);
        Request.WriteBulk(Math.Max(1, (long)limit.TotalMilliseconds));
    }

    /// <summary>Keeps a reply until the wait is over.</summary>
    internal void Hold(RespCommand command, ReadOnlySpan<byte> reply)
    {
        _replies.Append(reply);
        _held.Add((command, _replies.Length));
    }

    /// <summary>Takes the oldest reply that is held; what a wait released is taken whole before anything more is held.</summary>
    internal bool TryTake([NotNullWhen(true)] out RespCommand? command, out ReadOnlySpan<byte> reply)
    {
        if (_taken == _held.Count)
        {
            _held.Clear();
            _replies.Reset(keep: 64 * 1024);
            _taken = 0;
            command = null;
            reply = default;
            return false;
        }

        int start = _taken == 0 ? 0 : _held[_taken - 1].End;
        (command, int end) = _held[_taken++];
        reply = _replies.Span[start..end];
        return true;
    }

    /// <summary>How many replicas have what the last wait was for, when these are too few; else null.</summary>
    internal int? ShortOf => _confirmed < _replicas ? _confirmed : null;

    internal override void OnReply(ref RespReader reply) =>
        _confirmed = reply.IsError ? throw new RespException($"Redis answered WAIT with '{RespError.Parse(reply.ReadBytes()).Message}'.") : (int)reply.ReadInteger();

    /// <summary>Nothing to do: the connection tells those whose replies are held.</summary>
    internal override void OnLost(Exception cause, bool sent)
    {
    }
}
