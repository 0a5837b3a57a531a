using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Connection;

/// <summary>What was received and not consumed yet, in one array, so that frames are read in place.</summary>
internal sealed class ReceiveBuffer
{
    private const int UsualCapacity = 128 * 1024;
    private byte[] _bytes = new byte[UsualCapacity];
    private int _start;
    private int _end;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>Reads the next frame; its slices are valid until <see cref="FillAsync"/>.</summary>
    /// <exception cref="NatsProtocolException">The bytes are no frame.</exception>
    public bool TryRead(int maxMessage, out NatsFrame frame)
    {
        if (NatsParser.TryRead(_bytes.AsSpan(_start, _end - _start), maxMessage, out frame, out int needed))
        {
            _start += frame.Length;
            return true;
        }

        MakeRoom(needed);
        return false;
    }

    /// <summary>Where to receive more. The frame at the start has room, since <see cref="TryRead"/> said what it needs.</summary>
    public Memory<byte> Room => _bytes.AsMemory(_end);

    /// <summary>Receives more; for the handshake. A loop that is to allocate nothing receives into <see cref="Room"/> itself.</summary>
    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    public async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken) =>
        Add(await stream.ReadAsync(Room, cancellationToken).ConfigureAwait(false));

    /// <summary>So many bytes were received into the room.</summary>
    /// <exception cref="EndOfStreamException">None: the server closed the connection.</exception>
    public void Add(int received)
    {
        if (received == 0)
        {
            throw new EndOfStreamException("The server closed the connection.");
        }

        _end += received;
    }

    private void MakeRoom(int needed)
    {
        int waiting = _end - _start;
        if (needed > _bytes.Length || (waiting == 0 && _bytes.Length > UsualCapacity && needed <= UsualCapacity))
        {
            // A declared size is capped by the parser; the array still doubles at most, so that a lying size costs what was really sent.
            int capacity = needed <= UsualCapacity ? UsualCapacity : Math.Max(Math.Min(needed, 2 * _bytes.Length), waiting + UsualCapacity);
            byte[] larger = new byte[capacity];
            _bytes.AsSpan(_start, waiting).CopyTo(larger);
            (_bytes, _start, _end) = (larger, 0, waiting);
        }
        else if (_start > 0 && (waiting == 0 || _bytes.Length - _end < Math.Max(needed - waiting, _bytes.Length / 4)))
        {
            _bytes.AsSpan(_start, waiting).CopyTo(_bytes);
            (_start, _end) = (0, waiting);
        }
    }
}
