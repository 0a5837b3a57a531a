using System.Net.Sockets;

namespace TypedTasks.Load.Raw;

/// <summary>A bare socket for one thread: bytes are gathered and sent, what comes is read in place. It knows no protocol.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)RawWire.Patience.TotalMilliseconds };
    private byte[] _outgoing = new byte[256 * 1024];
    private byte[] _incoming = new byte[1024 * 1024];
    private int _written;
    private int _start;
    private int _end;

    public RawSocket(string host, int port) => _socket.Connect(host, port);

    /// <summary>Whether something was received and not read yet.</summary>
    public bool HasMore => _start < _end;

    /// <summary>Whether something was received, here or by the system, and not read yet.</summary>
    public bool HasReceived => HasMore || _socket.Available > 0;

    /// <summary>Gathers bytes to be sent.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_outgoing.Length - _written < bytes.Length)
        {
            Array.Resize(ref _outgoing, Math.Max(2 * _outgoing.Length, _written + bytes.Length));
        }

        bytes.CopyTo(_outgoing.AsSpan(_written));
        _written += bytes.Length;
    }

    /// <summary>Sends what was gathered.</summary>
    public void Flush()
    {
        for (int sent = 0; sent < _written;)
        {
            sent += _socket.Send(_outgoing.AsSpan(sent, _written - sent));
        }

        _written = 0;
    }

    /// <summary>Reads a line, without its end; waits for it. Good until the next call.</summary>
    public ReadOnlySpan<byte> ReadLine()
    {
        int searched = 0;
        while (true)
        {
            int end = _incoming.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                ReadOnlySpan<byte> line = _incoming.AsSpan(_start, searched + end - 1);
                _start += searched + end + 1;
                return line;
            }

            searched = _end - _start;
            Receive(searched + 1);
        }
    }

    /// <summary>Reads so many bytes and the line's end behind them; waits for them. Good until the next call.</summary>
    public ReadOnlySpan<byte> ReadBlock(int length)
    {
        if (_end - _start < length + 2)
        {
            Receive(length + 2);
        }

        ReadOnlySpan<byte> block = _incoming.AsSpan(_start, length);
        _start += length + 2;
        return block;
    }

    public void Dispose() => _socket.Dispose();

    private int Receive(Span<byte> free)
    {
        try
        {
            return _socket.Receive(free);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new BenchException($"The server sent nothing more on the raw connection for {RawWire.Patience}.");
        }
    }

    private void Receive(int least)
    {
        if (_incoming.Length - _start < least || _start == _end)
        {
            _incoming.AsSpan(_start, _end - _start).CopyTo(_incoming);
            _end -= _start;
            _start = 0;
            if (_incoming.Length < least)
            {
                Array.Resize(ref _incoming, 2 * least);
            }
        }

        while (_end - _start < least)
        {
            int received = Receive(_incoming.AsSpan(_end));
            if (received == 0)
            {
                throw new BenchException("The server closed the raw connection.");
            }

            _end += received;
        }
    }
}
