using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedTasks.MessagePack;

/// <summary>
/// Writes MessagePack into a buffer writer, always in the shortest encoding, as MessagePack-CSharp does
/// (https://github.com/msgpack/msgpack/blob/master/spec.md).
/// </summary>
/// <remarks>
/// Takes a span from the output and advances it when the span is full and on <see cref="Flush"/>, so nothing else may write to the output in
/// between. Pass it by reference. Allocates nothing of its own; not thread-safe.
/// </remarks>
public ref partial struct MessagePackWriter
{
    /// <summary>How deep values may be nested unless the constructor says otherwise.</summary>
    public const int DefaultMaxDepth = 64;

    private readonly IBufferWriter<byte> _output;
    private readonly long _maxLength;
    private readonly int _maxDepth;
    private Span<byte> _buffer;
    private int _position;
    private int _depth;
    private long _flushed;

    /// <summary>Writes to <paramref name="output"/>.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="maxLength">How many bytes may be written. Found out when a span of the output is full, at the latest by <see cref="Flush"/>.</param>
    /// <param name="maxDepth">How deep values may be nested: a cyclic object graph ends in an exception, not in a stack overflow.</param>
    public MessagePackWriter(IBufferWriter<byte> output, long maxLength = long.MaxValue, int maxDepth = DefaultMaxDepth)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _maxLength = maxLength;
        _maxDepth = maxDepth;
    }

    /// <summary>The bytes written so far, flushed or not.</summary>
    public readonly long BytesWritten => _flushed + _position;

    /// <summary>Hands everything written so far to the output. Call it once after the last value; writing may go on afterwards.</summary>
    /// <exception cref="PayloadTooLargeException">More bytes were written than are allowed; the last of them were not handed over.</exception>
    public void Flush()
    {
        CheckLength(0);
        if (_position > 0)
        {
            _output.Advance(_position);
            _flushed += _position;
            _position = 0;
        }

        _buffer = default;
    }

    /// <summary>Begins a value that holds others. Every codec that calls other codecs calls it before the first.</summary>
    /// <exception cref="MessagePackException">Values are nested too deeply, as by an object that refers to itself.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        if (++_depth > _maxDepth)
        {
            ThrowTooDeep(_maxDepth);
        }
    }

    /// <summary>Ends a value begun by <see cref="Enter"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => _depth--;

    /// <summary>Writes bytes that are MessagePack already.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> value)
    {
        CheckLength(value.Length);
        value.CopyTo(GetSpan(value.Length));
        Advance(value.Length);
    }

    /// <summary>At least <paramref name="size"/> bytes to write to, of which <see cref="Advance"/> then says how many were written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<byte> GetSpan(int size)
    {
        if (_buffer.Length - _position < size)
        {
            Grow(size);
        }

        return _buffer[_position..];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Advance(int count) => _position += count;

    /// <summary>The place for the next <paramref name="size"/> bytes: the one bounds check of a value, after which it is written unchecked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte Reserve(int size)
    {
        if (_buffer.Length - _position < size)
        {
            Grow(size);
        }

        return ref Unsafe.Add(ref MemoryMarshal.GetReference(_buffer), _position);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int size)
    {
        if (_position > 0)
        {
            Flush();
        }

        _buffer = _output.GetSpan(size);
    }

    /// <summary>Checks the limit for a value that is about to take exactly <paramref name="more"/> bytes, before room for it is asked for.</summary>
    private readonly void CheckLength(int more)
    {
        if (BytesWritten + more > _maxLength)
        {
            throw new PayloadTooLargeException(BytesWritten + more, _maxLength);
        }
    }

    [DoesNotReturn]
    private static void ThrowTooDeep(int maxDepth) =>
        throw new MessagePackException($"Values are nested more than {maxDepth} deep. Does an object refer to itself?");
}
