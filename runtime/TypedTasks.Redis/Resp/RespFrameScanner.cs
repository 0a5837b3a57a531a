using System.Runtime.CompilerServices;

namespace TypedTasks.Redis.Resp;

/// <summary>
/// Finds where a reply ends, without building anything. It remembers how far it came, so a reply that arrives in many pieces is scanned once.
/// </summary>
/// <remarks>
/// Every call gets the reply from its first byte on, with more behind it each time. After a reply was found, the next call is about the next reply.
/// After an exception the scanner is of no further use, like the connection.
/// </remarks>
internal struct RespFrameScanner(RespLimits limits)
{
    internal const int DeepestSupported = 32;

    private readonly RespLimits _limits = limits;
    private Remaining _remaining;
    private int _depth;
    private int _elements;
    private int _position;

    /// <summary>How long the reply is at least, as far as is known: what the buffer should be able to hold.</summary>
    internal int Needed { get; private set; }

    internal bool TryScan(ReadOnlySpan<byte> buffer, out int length)
    {
        if (_position == 0)
        {
            _depth = 0;
            _elements = 0;
            _remaining[0] = 1;
        }

        length = 0;
        while (_remaining[_depth] > 0)
        {
            if (!TryScanValue(buffer))
            {
                return false;
            }

            // A finished aggregate is one finished value of the level above.
            while (_depth > 0 && _remaining[_depth] == 0)
            {
                _depth--;
                _remaining[_depth]--;
            }
        }

        length = _position;
        _position = 0;
        Needed = 0;
        return true;
    }

    private bool TryScanValue(ReadOnlySpan<byte> buffer)
    {
        ReadOnlySpan<byte> rest = buffer[_position..];
        int end = rest.IndexOf((byte)'\r');
        if (end < 0 || end + 1 >= rest.Length)
        {
            int seen = end < 0 ? rest.Length : end;
            if (seen > _limits.MaxLine)
            {
                throw new RespException($"A line of a reply is longer than {_limits.MaxLine} bytes.");
            }

            Need(buffer.Length + 1L);
            return false;
        }

        if (end == 0 || rest[end + 1] != (byte)'\n' || end > _limits.MaxLine)
        {
            throw new RespException("A line of a reply is empty, too long, or does not end in CRLF.");
        }

        ReadOnlySpan<byte> line = rest[1..end];
        int after = _position + end + 2;
        switch ((RespType)rest[0])
        {
            case RespType.SimpleString or RespType.Error or RespType.Double or RespType.BigNumber:
                return Advance(after);

            case RespType.Integer:
                if (!RespNumber.TryParse(line, out _))
                {
                    throw new RespException("An integer of a reply is not a number.");
                }

                return Advance(after);

            case RespType.Null when line.IsEmpty:
            case RespType.Boolean when line.Length == 1 && line[0] is (byte)'t' or (byte)'f':
                return Advance(after);

            case RespType.BulkString or RespType.BulkError or RespType.VerbatimString:
                return TryScanBulk(buffer, (RespType)rest[0], line, after);

            case RespType.Array or RespType.Set or RespType.Push:
                return Enter((RespType)rest[0], line, after, 1);

            case RespType.Map or RespType.Attribute:
                return Enter((RespType)rest[0], line, after, 2);

            default:
                throw new RespException($"A value of a reply starts with the byte 0x{rest[0]:X2}, which is not RESP.");
        }
    }

    private bool TryScanBulk(ReadOnlySpan<byte> buffer, RespType type, ReadOnlySpan<byte> line, int after)
    {
        long length = Declared(line, type == RespType.BulkString, _limits.MaxBulk);
        if (length < 0)
        {
            return Advance(after);
        }

        long end = after + length + 2;
        Need(end);
        if (end > buffer.Length)
        {
            return false;
        }

        if (buffer[(int)end - 2] != (byte)'\r' || buffer[(int)end - 1] != (byte)'\n')
        {
            throw new RespException("A bulk string of a reply does not end in CRLF.");
        }

        return Advance((int)end);
    }

    private bool Enter(RespType type, ReadOnlySpan<byte> line, int after, int valuesPerItem)
    {
        long items = Declared(line, type == RespType.Array, _limits.MaxElements);
        if (items < 0)
        {
            return Advance(after);
        }

        long values = items * valuesPerItem;
        if (values + _elements > _limits.MaxElements)
        {
            throw new RespException($"A reply declares more than {_limits.MaxElements} values.");
        }

        _elements += (int)values;
        Need(after);
        if (type == RespType.Attribute)
        {
            // Attributes stand before a value and are none: their items are read on this level, on top of it.
            _position = after;
            _remaining[_depth] += (int)values;
            return true;
        }

        if (_depth + 1 >= Math.Min(_limits.MaxDepth, DeepestSupported))
        {
            throw new RespException($"A reply is nested deeper than {_limits.MaxDepth} levels.");
        }

        _position = after;
        if (values == 0)
        {
            _remaining[_depth]--;
            return true;
        }

        _depth++;
        _remaining[_depth] = (int)values;
        return true;
    }

    private bool Advance(int position)
    {
        Need(position);
        _position = position;
        _remaining[_depth]--;
        return true;
    }

    private void Need(long length)
    {
        if (length > _limits.MaxFrame)
        {
            throw new RespException($"A reply is longer than {_limits.MaxFrame} bytes.");
        }

        Needed = Math.Max(Needed, (int)length);
    }

    private static long Declared(ReadOnlySpan<byte> line, bool mayBeNull, int limit)
    {
        if (!RespNumber.TryParse(line, out long length) || length < (mayBeNull ? -1 : 0) || length > limit)
        {
            throw new RespException($"A reply declares a length that is not a number from 0 to {limit}.");
        }

        return length;
    }

    [InlineArray(DeepestSupported)]
    private struct Remaining
    {
        private int _first;
    }
}
