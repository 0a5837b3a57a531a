using System.Buffers;

namespace TypedTasks.Worker;

/// <summary>A growing buffer that a held delivery keeps and uses again, so that a result costs no allocation in the steady state.</summary>
/// <remarks>Shrinks back after a large result, so that one of them does not occupy memory for ever. Not thread-safe.</remarks>
internal sealed class ResultBuffer : IBufferWriter<byte>
{
    private const int InitialCapacity = 128;
    private const int KeptCapacity = 16 * 1024;

    private byte[] _bytes = new byte[InitialCapacity];
    private int _length;

    internal ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    internal int Length => _length;

    internal void Clear()
    {
        _length = 0;
        if (_bytes.Length > KeptCapacity)
        {
            _bytes = new byte[InitialCapacity];
        }
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    private void Reserve(int sizeHint)
    {
        int needed = _length + Math.Max(sizeHint, 1);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        }
    }
}
