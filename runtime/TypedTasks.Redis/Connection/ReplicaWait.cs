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

    /// <summary>Hands out what was held: as usual, or with the news that too few replicas have it.</summary>
    internal void Release()
    {
        int start = 0;
        int index = 0;
        try
        {
            while (index < _held.Count)
            {
                (RespCommand command, int end) = _held[index++];
                var reply = new RespReader(_replies.Span[start..end]);
                start = end;
                if (_confirmed >= _replicas)
                {
                    command.OnReply(ref reply);
                }
                else
                {
                    command.OnShort(ref reply, _confirmed);
                }
            }
        }
        catch (RespException exception)
        {
            // As in the connection itself: the two sides disagree, and what this command became is not known.
            _held[index - 1].Command.OnLost(exception, sent: true);
            _held.RemoveRange(0, index);
            throw;
        }

        _held.Clear();
        _replies.Reset(keep: 64 * 1024);
    }

    internal override void OnReply(ref RespReader reply) =>
        _confirmed = reply.IsError ? throw new RespException($"Redis answered WAIT with '{RespError.Parse(reply.ReadBytes()).Message}'.") : (int)reply.ReadInteger();

    /// <summary>The connection is gone, and with it whatever was held.</summary>
    internal override void OnLost(Exception cause, bool sent)
    {
    }

    /// <summary>Tells everyone whose reply was held that it is not known what became of the command.</summary>
    internal void Lose(Exception cause)
    {
        foreach ((RespCommand command, _) in _held)
        {
            command.OnLost(cause, sent: true);
        }

        _held.Clear();
    }
}
