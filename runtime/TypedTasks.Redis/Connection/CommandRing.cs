namespace TypedTasks.Redis.Connection;

/// <summary>
/// The commands that were written and not yet answered, oldest first. Replies come in the order of commands, so no other correlation is needed.
/// </summary>
/// <remarks>Many threads add under the connection's lock; one thread, the one that reads the socket, takes without it.</remarks>
internal sealed class CommandRing
{
    private readonly RespCommand?[] _cells;
    private readonly int _mask;
    private long _head;
    private long _tail;

    internal CommandRing(int capacity)
    {
        _cells = new RespCommand?[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _mask = _cells.Length - 1;
    }

    internal int Count => (int)(Volatile.Read(ref _tail) - Volatile.Read(ref _head));

    internal bool IsFull => Room <= 0;

    internal int Room => _cells.Length - Count;

    /// <summary>Adds a command; the caller holds the lock and saw that the ring is not full.</summary>
    internal void Add(RespCommand command)
    {
        _cells[(int)_tail & _mask] = command;
        Volatile.Write(ref _tail, _tail + 1);
    }

    /// <summary>Takes the oldest command; only the reading thread calls it.</summary>
    internal RespCommand? Take()
    {
        if (Count == 0)
        {
            return null;
        }

        ref RespCommand? cell = ref _cells[(int)_head & _mask];
        RespCommand? command = cell;
        cell = null;
        Volatile.Write(ref _head, _head + 1);
        return command;
    }

    /// <summary>When the oldest unanswered command was sent, or null. A glance from another thread: it may be answered at the same moment.</summary>
    internal long? OldestSentAt => Count == 0 ? null : _cells[(int)Volatile.Read(ref _head) & _mask]?.SentAt;
}
