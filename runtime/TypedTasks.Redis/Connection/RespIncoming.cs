using System.Buffers;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>The bytes that came and were not yet understood. Replies are read in place; a reply that does not fit makes the buffer grow to its length, within the limits.</summary>
internal sealed class RespIncoming(RespLimits limits) : IDisposable
{
    private const int Usual = 64 * 1024;

    private RespFrameScanner _scanner = new(limits);
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Usual);
    private int _start;
    private int _end;

    /// <summary>Where the next bytes go; never empty.</summary>
    internal Memory<byte> Free
    {
        get
        {
            MakeRoom();
            return _bytes.AsMemory(_end);
        }
    }

    internal void Received(int count) => _end += count;

    /// <summary>Takes the next whole reply; valid until <see cref="Free"/> is read again.</summary>
    internal bool TryTake(out ReadOnlySpan<byte> reply)
    {
        if (_start == _end || !_scanner.TryScan(_bytes.AsSpan(_start, _end - _start), out int length))
        {
            reply = default;
            return false;
        }

        reply = _bytes.AsSpan(_start, length);
        _start += length;
        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = _end = 0;
    }

    private void MakeRoom()
    {
        int held = _end - _start;
        int needed = Math.Max(_scanner.Needed, held + 1);
        if (held == 0)
        {
            _start = _end = 0;
            if (_bytes.Length > 16 * Usual)
            {
                Swap(Usual, 0);
            }

            return;
        }

        if (needed > _bytes.Length)
        {
            // Grow with what has come rather than to what was declared, so that a length alone costs nothing.
            Swap(Math.Min(needed, Math.Max(2 * _bytes.Length, Usual)), held);
        }
        else if (_start + needed > _bytes.Length || _end == _bytes.Length)
        {
            _bytes.AsSpan(_start, held).CopyTo(_bytes);
            _start = 0;
            _end = held;
        }
    }

    private void Swap(int length, int held)
    {
        byte[] other = ArrayPool<byte>.Shared.Rent(length);
        _bytes.AsSpan(_start, held).CopyTo(other);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = other;
        _start = 0;
        _end = held;
    }
}
