using System.Buffers;
using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <summary>
/// Reads MessagePack, in any legal encoding, from bytes that nobody vouches for
/// (https://github.com/msgpack/msgpack/blob/master/spec.md).
/// </summary>
/// <remarks>
/// Throws <see cref="MessagePackException"/> and nothing else, whatever it is fed; after that its position is undefined. A declared length is
/// compared with the bytes that are there before anything is allocated for it, and nesting is bounded on reading and on skipping.
/// Reads in place; a value that lies across two segments is put together in a buffer of the reader's own. Pass it by reference; not thread-safe.
/// </remarks>
public ref partial struct MessagePackReader
{
    /// <summary>How deep values may be nested unless the constructor says otherwise.</summary>
    public const int DefaultMaxDepth = 64;

    private readonly ReadOnlySequence<byte> _sequence;
    private readonly long _length;
    private readonly int _maxDepth;
    private ReadOnlySpan<byte> _span;
    private int _position;
    private int _depth;

    // The bytes before _span, and where the segment after it begins.
    private long _before;
    private SequencePosition _next;

    // Holds a value that lay across segments, until the next such value.
    private byte[]? _scratch;

    /// <summary>Reads <paramref name="bytes"/>.</summary>
    /// <param name="bytes">One or more values.</param>
    /// <param name="maxDepth">How deep values may be nested.</param>
    public MessagePackReader(ReadOnlySpan<byte> bytes, int maxDepth = DefaultMaxDepth)
    {
        _span = bytes;
        _length = bytes.Length;
        _maxDepth = maxDepth;
    }

    /// <summary>Reads <paramref name="bytes"/>, whose segments may be split anywhere.</summary>
    /// <param name="bytes">One or more values.</param>
    /// <param name="maxDepth">How deep values may be nested.</param>
    public MessagePackReader(in ReadOnlySequence<byte> bytes, int maxDepth = DefaultMaxDepth)
    {
        _maxDepth = maxDepth;
        _span = bytes.FirstSpan;
        _length = _span.Length;
        if (!bytes.IsSingleSegment)
        {
            _length = bytes.Length;
            _sequence = bytes;
            _next = bytes.Start;
            _sequence.TryGet(ref _next, out _);
        }
    }

    /// <summary>The bytes read so far.</summary>
    public readonly long Consumed => _before + _position;

    /// <summary>The bytes not read yet.</summary>
    public readonly long Remaining => _length - Consumed;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool End => Consumed == _length;

    /// <summary>The kind of the next value, which is not consumed.</summary>
    /// <exception cref="MessagePackException">There is none.</exception>
    public MessagePackType NextType => MessagePackCode.TypeOf(NextCode);

    /// <summary>The first byte of the next value, which is not consumed.</summary>
    /// <exception cref="MessagePackException">There is none.</exception>
    public byte NextCode
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ReadOnlySpan<byte> span = _span;
            int position = _position;
            return (uint)position < (uint)span.Length ? span[position] : NextCodeOfNextSegment();
        }
    }

    /// <summary>Begins a value that holds others. Every codec that calls other codecs calls it before the first.</summary>
    /// <exception cref="MessagePackException">Values are nested too deeply.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        if (++_depth > _maxDepth)
        {
            Malformed.TooDeep(_maxDepth, Consumed);
        }
    }

    /// <summary>Ends a value begun by <see cref="Enter"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => _depth--;

    private byte NextCodeOfNextSegment()
    {
        if (!MoveToNextSegment())
        {
            Malformed.Truncated(1, Consumed, _length);
        }

        return _span[_position];
    }
}
