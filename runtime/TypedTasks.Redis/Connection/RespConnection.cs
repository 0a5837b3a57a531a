using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>
/// One connection to one server: commands go out in batches as they come, replies come back in order. It lives once; a broken one is replaced.
/// </summary>
/// <remarks>
/// Commands are appended to one buffer under a short lock while the other buffer is being sent; then the two swap. A command that finds nothing
/// in flight is sent by its own caller at once, which keeps a lone call as fast as the socket; everything else is left to the writer, which
/// sends whatever has gathered. Why no pipe: the swap needs no segments, no scheduling and no copies beyond the one into the buffer.
/// Everything unanswered when the connection breaks is handed to <see cref="RespCommand.OnLost"/>.
/// </remarks>
internal sealed partial class RespConnection : IThreadPoolWorkItem, IAsyncDisposable
{
    private const int MaxOutgoing = 8 * 1024 * 1024;
    private const int KeepBuffer = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Stream _stream;
    private readonly RespIncoming _incoming;
    private readonly CommandRing _ring;
    private readonly Action<RespValue>? _onPush;
    private readonly Action<RespConnection, Exception> _onClosed;
    private readonly ReplicaWait? _replicas;
    private RespBuffer _outgoing = new(16 * 1024);
    private RespBuffer _sending = new(16 * 1024);
    private bool _writing;
    private int _batchSteps;
    private Exception? _closed;
    private long _lastReceived = Environment.TickCount64;

    // Each has one writer: who sends, under the lock, and who reads the socket.
    private long _sentBytes;
    private long _answeredBytes;

    /// <param name="stream">The stream, connected and authenticated.</param>
    /// <param name="capacity">How many commands may be unanswered.</param>
    /// <param name="limits">What a reply may hold.</param>
    /// <param name="onPush">Gets everything, on a connection that only listens; null on one that answers.</param>
    /// <param name="onClosed">Called once, after every command was answered or lost.</param>
    /// <param name="replicas">Holds replies back until replicas have what was executed; null to hand them out as they come.</param>
    internal RespConnection(Stream stream, int capacity, RespLimits limits, Action<RespValue>? onPush, Action<RespConnection, Exception> onClosed, ReplicaWait? replicas = null)
    {
        _stream = stream;
        _ring = new CommandRing(capacity);
        _incoming = new RespIncoming(limits);
        _onPush = onPush;
        _onClosed = onClosed;
        _replicas = replicas;
    }

    /// <summary>What the handshake learned of the server.</summary>
    internal required ServerIdentity Server { get; init; }

    /// <summary>Called after replies were taken, on the reading thread: there may be room for more commands.</summary>
    internal Action? OnRoom { get; init; }

    /// <summary>How many bytes of commands may be unanswered; one command always may.</summary>
    internal long MaxUnansweredBytes { get; init; } = long.MaxValue;

    internal bool IsOpen => Volatile.Read(ref _closed) is null;

    internal int Unanswered => _ring.Count;

    /// <summary>Starts reading. Replies call back from now on.</summary>
    internal void Start() => ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.ReadToEndAsync(), this, preferLocal: false);

    /// <summary>Appends a command and has it sent. False when the connection is closed or takes no more for now; the command is then still the caller's.</summary>
    internal bool TrySend(RespCommand command)
    {
        bool alone;
        lock (_gate)
        {
            if (!HasRoom(1, command.Bytes.Length))
            {
                return false;
            }

            command.SentAt = Environment.TickCount64;
            alone = _ring.Count == 0;
            _sentBytes += command.Bytes.Length;
            _outgoing.Append(command.Bytes);
            _ring.Add(command);
            if (_writing)
            {
                return true;
            }

            _writing = true;
        }

        if (alone)
        {
            WriteGathered(once: true);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return true;
    }

    /// <summary>Sends a command that no reply answers, on a connection where everything that comes is a push.</summary>
    internal bool TryWrite(RespCommand command)
    {
        lock (_gate)
        {
            if (_closed is not null || _outgoing.Length >= MaxOutgoing)
            {
                return false;
            }

            _outgoing.Append(command.Bytes);
            if (_writing)
            {
                return true;
            }

            _writing = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>Sends two commands with nothing between them; the first one's reply is of no interest.</summary>
    internal bool TrySendPair(RespCommand first, RespCommand second)
    {
        lock (_gate)
        {
            int length = first.Bytes.Length + second.Bytes.Length;
            if (!HasRoom(2, length))
            {
                return false;
            }

            _sentBytes += length;

            first.SentAt = second.SentAt = Environment.TickCount64;
            _outgoing.Append(first.Bytes);
            _outgoing.Append(second.Bytes);
            _ring.Add(first);
            _ring.Add(second);
            if (_writing)
            {
                return true;
            }

            _writing = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    void IThreadPoolWorkItem.Execute() => WriteGathered(once: false);

    /// <summary>Gives the connection up: a deadline passed, or it is not needed any more.</summary>
    internal void Abort(Exception cause)
    {
        lock (_gate)
        {
            _closed ??= cause;
        }

        // Reading fails now, and the reader hands out what is unanswered: only it takes from the ring.
        _stream.Dispose();
    }

    /// <summary>Whether the oldest command has waited for longer than <paramref name="limit"/>, or, with nothing to wait for, whether the line has been silent for that long.</summary>
    internal bool HasWaited(TimeSpan limit) => _ring.OldestSentAt is { } sentAt && Environment.TickCount64 - sentAt > limit.TotalMilliseconds;

    internal bool HasBeenSilent(TimeSpan limit) => Environment.TickCount64 - Volatile.Read(ref _lastReceived) > limit.TotalMilliseconds;

    public ValueTask DisposeAsync()
    {
        Abort(new RedisConnectionException("The connection was closed by its owner."));
        return ValueTask.CompletedTask;
    }

    // The wait behind a batch needs a place too.
    private bool HasRoom(int commands, int bytes)
    {
        long unanswered = _sentBytes - Volatile.Read(ref _answeredBytes);
        return _closed is null && _ring.Room >= commands + (_replicas is null ? 0 : 1) && _outgoing.Length < MaxOutgoing && (unanswered == 0 || unanswered + bytes <= MaxUnansweredBytes);
    }

    private void WriteGathered(bool once)
    {
        for (int round = 0; ; round++)
        {
            lock (_gate)
            {
                if (_outgoing.Length == 0 || _closed is not null)
                {
                    _writing = false;
                    return;
                }

                if (!once || round == 0)
                {
                    CloseBatch();
                    (_outgoing, _sending) = (_sending, _outgoing);
                }
            }

            if (once && round > 0)
            {
                // The caller sent its own command; what others added meanwhile is not its duty.
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            ValueTask sent;
            try
            {
                sent = _stream.WriteAsync(_sending.Memory);
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                Abort(exception);
                return;
            }

            if (!sent.IsCompletedSuccessfully)
            {
                FinishWriteAsync(sent);
                return;
            }

            sent.GetAwaiter().GetResult();
            if (!EndWrite())
            {
                return;
            }
        }
    }

    /// <summary>What was sent is sent; returns whether more may follow at once, with no wait for replicas in between.</summary>
    private bool EndWrite()
    {
        _sending.Reset(KeepBuffer);
        if (_replicas is not null)
        {
            StepOn();
        }

        return _replicas is null;
    }

    /// <summary>Puts the wait for replicas behind what has gathered; called under the lock.</summary>
    private void CloseBatch()
    {
        if (_replicas is not null)
        {
            _replicas.SentAt = Environment.TickCount64;
            _outgoing.Append(_replicas.Bytes);
            _ring.Add(_replicas);
            Volatile.Write(ref _batchSteps, 2);
        }
    }

    /// <summary>One of two things has come to its end, the write of a batch and the wait behind it; after both, the next batch goes out.</summary>
    private void StepOn()
    {
        if (Interlocked.Decrement(ref _batchSteps) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private async void FinishWriteAsync(ValueTask sent)
    {
        try
        {
            await sent.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            Abort(exception);
            return;
        }

        if (EndWrite())
        {
            WriteGathered(once: false);
        }
    }
}
