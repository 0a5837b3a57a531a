using System.Buffers;
using System.Diagnostics;

namespace TypedTasks.Redis.Resp;

/// <summary>Bytes that grow at their end: a command being written, or many of them on their way out. Owned by one thread at a time.</summary>
/// <remarks>The memory comes from the shared pool and stays with the buffer, so that a buffer in steady use allocates nothing.</remarks>
internal sealed class RespBuffer(int capacity = 256) : IBufferWriter<byte>
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    internal ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <summary>Written bytes, to be changed in place.</summary>
    internal Span<byte> Slice(int start, int length) => _bytes.AsSpan(0, Length).Slice(start, length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - Length), nameof(count));
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Empties the buffer. Memory beyond <paramref name="keep"/> goes back to the pool, so that one large task does not stay for ever.</summary>
    internal void Reset(int keep = int.MaxValue)
    {
        Length = 0;
        if (_bytes.Length > keep)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(256);
        }
    }

    /// <summary>Empties the buffer and wipes what it held: for passwords.</summary>
    internal void Wipe()
    {
        _bytes.AsSpan(0, Length).Clear();
        Length = 0;
    }

    private void Reserve(int sizeHint)
    {
        int wanted = Math.Max(sizeHint, 1);
        if (_bytes.Length - Length >= wanted)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(checked((int)Math.Max(_bytes.Length * 2L, (long)Length + wanted)));
        Debug.Assert(larger.Length - Length >= wanted);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
