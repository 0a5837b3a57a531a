using System.Buffers;

namespace TypedTasks.Embedded;

/// <summary>The bytes of a task: its envelope, written straight into the entry's own buffer, and later the record of its outcome in the same place.</summary>
internal sealed partial class TaskEntry : IBufferWriter<byte>
{
    private const int SmallestBody = 128;

    /// <summary>A buffer that grew beyond this is not kept for the next task.</summary>
    private const int LargestKeptBody = 16 * 1024;

    private byte[] _body = [];
    private int _length;

    /// <summary>How many bytes there are.</summary>
    internal int Length => _length;

    void IBufferWriter<byte>.Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _body.Length - _length);
        _length += count;
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Reserve(sizeHint);
        return _body.AsMemory(_length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Reserve(sizeHint);
        return _body.AsSpan(_length);
    }

    /// <summary>Replaces the bytes. An outcome does not hold on to the memory of a large envelope.</summary>
    internal void SetBody(ReadOnlySpan<byte> bytes)
    {
        ResetBody();
        Reserve(bytes.Length);
        bytes.CopyTo(_body);
        _length = bytes.Length;
    }

    internal void ResetBody()
    {
        _length = 0;
        if (_body.Length > LargestKeptBody)
        {
            _body = [];
        }
    }

    private void Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        int needed = Math.Max(sizeHint, 1);
        if (_body.Length - _length < needed)
        {
            long doubled = Math.Max(SmallestBody, 2L * _body.Length);
            long size = Math.Max(doubled, (long)_length + needed);
            Array.Resize(ref _body, checked((int)Math.Min(size, Math.Max(Array.MaxLength, (long)_length + needed))));
        }
    }
}
