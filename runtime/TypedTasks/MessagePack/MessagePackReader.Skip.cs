using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <content>Passing over values, without recursion: a stack overflow cannot be caught and takes some hundred bytes of input.</content>
public ref partial struct MessagePackReader
{
    // Nesting that is followed without an allocation; a reader with a larger limit allocates when it meets deeper values.
    private const int StackDepth = DefaultMaxDepth;

    /// <summary>Passes over the next value and everything in it. Allocates nothing within the default depth.</summary>
    /// <exception cref="MessagePackException">It is malformed, too deep or ends too early.</exception>
    public void Skip()
    {
        byte code = TakeByte();
        if (!SkipScalar(code))
        {
            SkipContainer(code);
        }
    }

    /// <summary>Passes over the next <paramref name="count"/> values: the trailing elements of an array that the reader does not know.</summary>
    /// <param name="count">How many. Zero and less pass over nothing, so that a reader may subtract what it has read.</param>
    /// <exception cref="MessagePackException">One is malformed, too deep or ends too early.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipRemaining(int count)
    {
        if (count > 0)
        {
            SkipMany(count);
        }
    }

    private void SkipMany(int count)
    {
        for (; count > 0; count--)
        {
            Skip();
        }
    }

    /// <summary>Takes the next value as its bytes. In place, or in a copy of their own if they lie across segments.</summary>
    /// <exception cref="MessagePackException">It is malformed, too deep or ends too early.</exception>
    public ReadOnlySpan<byte> ReadRaw()
    {
        _ = NextCode;
        MessagePackReader start = this;
        Skip();
        if (start._before == _before)
        {
            return _span[start._position.._position];
        }

        byte[] copy = GC.AllocateUninitializedArray<byte>((int)Math.Min(Consumed - start.Consumed, Array.MaxLength));
        start.TakeInto(copy);
        return copy;
    }

    private void SkipContainer(byte code)
    {
        // At every level, how many values are still to be passed over there.
        Span<long> pending = stackalloc long[StackDepth];
        int level = 0;
        pending[0] = ReadChildren(code);
        while (true)
        {
            if (_depth + level >= _maxDepth)
            {
                Malformed.TooDeep(_maxDepth, Consumed);
            }

            while (pending[level] == 0)
            {
                if (level-- == 0)
                {
                    return;
                }
            }

            pending[level]--;
            code = TakeByte();
            if (SkipScalar(code))
            {
                continue;
            }

            if (++level == pending.Length)
            {
                long[] larger = new long[pending.Length * 2];
                pending.CopyTo(larger);
                pending = larger;
            }

            pending[level] = ReadChildren(code);
        }
    }

    /// <summary>Passes over a value that holds no others.</summary>
    /// <returns>False for an array and a map, of which only the code is consumed.</returns>
    private bool SkipScalar(byte code)
    {
        switch (code)
        {
            case <= MessagePackCode.MaxFixInt or >= MessagePackCode.MinNegativeFixInt:
            case MessagePackCode.Nil or MessagePackCode.False or MessagePackCode.True:
                return true;
            case >= MessagePackCode.MinFixStr and <= MessagePackCode.MaxFixStr:
                Advance(code & 0x1f);
                return true;
            case <= MessagePackCode.MaxFixArray:
            case >= MessagePackCode.Array16 and <= MessagePackCode.Map32:
                return false;
            case MessagePackCode.Bin8 or MessagePackCode.Str8:
                Advance(TakeByte());
                return true;
            case MessagePackCode.Bin16 or MessagePackCode.Str16:
                Advance(TakeUInt16());
                return true;
            case MessagePackCode.Bin32 or MessagePackCode.Str32:
                Advance(TakeUInt32());
                return true;
            case MessagePackCode.UInt8 or MessagePackCode.Int8:
                Advance(1);
                return true;
            case MessagePackCode.UInt16 or MessagePackCode.Int16:
                Advance(2);
                return true;
            case MessagePackCode.UInt32 or MessagePackCode.Int32 or MessagePackCode.Float32:
                Advance(4);
                return true;
            case MessagePackCode.UInt64 or MessagePackCode.Int64 or MessagePackCode.Float64:
                Advance(8);
                return true;
            default:
                if (!TryReadExtensionLength(code, out uint length))
                {
                    Malformed.Unexpected(code, "A value", Consumed - 1);
                }

                Advance(1L + length);
                return true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ReadChildren(byte code)
    {
        long count = code switch
        {
            <= MessagePackCode.MaxFixMap => (code & 0xf) * 2,
            <= MessagePackCode.MaxFixArray => code & 0xf,
            MessagePackCode.Array16 => TakeUInt16(),
            MessagePackCode.Array32 => TakeUInt32(),
            MessagePackCode.Map16 => TakeUInt16() * 2,
            _ => TakeUInt32() * 2L,
        };

        if (count > Remaining)
        {
            Malformed.Count(count, Consumed, Remaining);
        }

        return count;
    }
}
