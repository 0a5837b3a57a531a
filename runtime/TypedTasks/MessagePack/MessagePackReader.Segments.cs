using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <content>Taking bytes: in place where they lie in one segment, put together where they do not.</content>
public ref partial struct MessagePackReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte TakeByte()
    {
        ReadOnlySpan<byte> span = _span;
        int position = _position;
        if ((uint)position < (uint)span.Length)
        {
            _position = position + 1;
            return span[position];
        }

        return (byte)TakeSplit(1);
    }

    private ushort TakeUInt16()
    {
        if (_span.Length - _position < 2)
        {
            return (ushort)TakeSplit(2);
        }

        ushort value = BinaryPrimitives.ReadUInt16BigEndian(_span[_position..]);
        _position += 2;
        return value;
    }

    private uint TakeUInt32()
    {
        if (_span.Length - _position < 4)
        {
            return (uint)TakeSplit(4);
        }

        uint value = BinaryPrimitives.ReadUInt32BigEndian(_span[_position..]);
        _position += 4;
        return value;
    }

    private ulong TakeUInt64()
    {
        if (_span.Length - _position < 8)
        {
            return TakeSplit(8);
        }

        ulong value = BinaryPrimitives.ReadUInt64BigEndian(_span[_position..]);
        _position += 8;
        return value;
    }

    /// <summary>Takes 1 to 8 bytes as one big-endian number, from as many segments as they lie in.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong TakeSplit(int count)
    {
        CheckRemaining(count);
        ulong value = 0;
        while (count > 0)
        {
            if (_position < _span.Length)
            {
                value = (value << 8) | _span[_position++];
                count--;
            }
            else
            {
                MoveToNextSegment();
            }
        }

        return value;
    }

    /// <summary>Takes bytes in place, or tells that they lie across segments (and takes nothing).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTake(uint count, out ReadOnlySpan<byte> bytes)
    {
        if ((uint)(_span.Length - _position) >= count)
        {
            bytes = _span.Slice(_position, (int)count);
            _position += (int)count;
            return true;
        }

        bytes = default;
        CheckRemaining(count);
        return false;
    }

    /// <summary>Takes bytes, copying them into the reader's own buffer if they lie across segments.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(uint count) => TryTake(count, out ReadOnlySpan<byte> bytes) ? bytes : TakeSplitBytes(count);

    private ReadOnlySpan<byte> TakeSplitBytes(uint count)
    {
        // The bytes are there, so this allocates no more than was sent.
        int length = CheckedLength(count);
        if (_scratch is null || _scratch.Length < length)
        {
            _scratch = GC.AllocateUninitializedArray<byte>(length);
        }

        TakeInto(_scratch.AsSpan(0, length));
        return _scratch.AsSpan(0, length);
    }

    /// <summary>Takes bytes that are known to be there.</summary>
    private void TakeInto(scoped Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            ReadOnlySpan<byte> rest = _span[_position..];
            if (rest.IsEmpty)
            {
                MoveToNextSegment();
                continue;
            }

            int count = Math.Min(rest.Length, destination.Length);
            rest[..count].CopyTo(destination);
            destination = destination[count..];
            _position += count;
        }
    }

    /// <summary>Passes over bytes.</summary>
    private void Advance(long count)
    {
        CheckRemaining(count);
        while (count > _span.Length - _position)
        {
            count -= _span.Length - _position;
            MoveToNextSegment();
        }

        _position += (int)count;
    }

    private readonly void CheckRemaining(long count)
    {
        if (count > Remaining)
        {
            Malformed.Truncated(count - Remaining, Consumed, _length);
        }
    }

    /// <summary>A length that an array or a string can have.</summary>
    private readonly int CheckedLength(uint length)
    {
        if (length > (uint)Array.MaxLength)
        {
            Malformed.OutOfRange("one array", Consumed);
        }

        return (int)length;
    }

    /// <summary>Moves to the next segment that has bytes. The current one is used up.</summary>
    private bool MoveToNextSegment()
    {
        while (_sequence.TryGet(ref _next, out ReadOnlyMemory<byte> memory))
        {
            if (!memory.IsEmpty)
            {
                _before += _span.Length;
                _span = memory.Span;
                _position = 0;
                return true;
            }
        }

        return false;
    }
}
