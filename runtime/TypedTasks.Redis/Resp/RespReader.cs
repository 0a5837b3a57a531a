using System.Text;

namespace TypedTasks.Redis.Resp;

/// <summary>Reads the values of one whole reply in order, in place. What it hands out is valid as long as the buffer below it.</summary>
/// <remarks>The reply was measured by a <see cref="RespFrameScanner"/>; still every step is bounds-checked, and an unexpected value is a <see cref="RespException"/>.</remarks>
internal ref struct RespReader(ReadOnlySpan<byte> reply)
{
    private readonly ReadOnlySpan<byte> _reply = reply;
    private int _position;

    internal readonly bool AtEnd => _position >= _reply.Length;

    /// <summary>The type of the next value, behind any attributes.</summary>
    internal RespType Type
    {
        get
        {
            SkipAttributes();
            return Peek();
        }
    }

    /// <summary>Whether the next value is an error, of the short or the long form.</summary>
    internal bool IsError => Type is RespType.Error or RespType.BulkError;

    /// <summary>Reads a null of any of its three forms, if the next value is one.</summary>
    internal bool TryReadNull()
    {
        RespType type = Type;
        int start = _position;
        if (type is RespType.Null)
        {
            ReadLine();
            return true;
        }

        if (type is RespType.BulkString or RespType.Array && ReadLine() is [(byte)'-', (byte)'1'])
        {
            return true;
        }

        _position = start;
        return false;
    }

    /// <summary>Reads a string, a number or an error as the bytes that were sent.</summary>
    internal ReadOnlySpan<byte> ReadBytes()
    {
        RespType type = Type;
        ReadOnlySpan<byte> line = ReadLine();
        switch (type)
        {
            case RespType.SimpleString or RespType.Error or RespType.Integer or RespType.Double or RespType.BigNumber or RespType.Boolean:
                return line;

            case RespType.BulkString or RespType.BulkError:
                return ReadBulk(line);

            case RespType.VerbatimString:
                ReadOnlySpan<byte> text = ReadBulk(line);
                return text is [_, _, _, (byte)':', ..] ? text[4..] : text;

            default:
                throw Unexpected(type, "a string");
        }
    }

    /// <summary>Reads an integer, or a string that holds one.</summary>
    internal long ReadInteger()
    {
        RespType type = Type;
        if (type is RespType.Boolean)
        {
            return ReadLine() is [(byte)'t'] ? 1 : 0;
        }

        return RespNumber.TryParse(ReadBytes(), out long value) ? value : throw Unexpected(type, "an integer");
    }

    internal string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>Enters an array, a set or a push, or a map as an array of its keys and values; returns how many values follow, -1 for null.</summary>
    internal int ReadArray()
    {
        if (TryReadNull())
        {
            return -1;
        }

        RespType type = Type;
        ReadOnlySpan<byte> line = ReadLine();
        if (type is not (RespType.Array or RespType.Set or RespType.Push or RespType.Map) || !RespNumber.TryParse(line, out long count) || count is < 0 or > int.MaxValue / 2)
        {
            throw Unexpected(type, "an array");
        }

        return (int)count * (type is RespType.Map ? 2 : 1);
    }

    /// <summary>Enters a map, or the array of pairs that stands for one in RESP2; returns how many items follow, 0 for null.</summary>
    internal int ReadMapOrPairs(out bool pairs)
    {
        pairs = Type is not RespType.Map;
        int values = Math.Max(ReadArray(), 0);
        return pairs ? values : values / 2;
    }

    /// <summary>Skips the next value with all that it holds.</summary>
    internal void Skip() => SkipValues(1);

    private void SkipAttributes()
    {
        while (Peek() is RespType.Attribute)
        {
            SkipValues(ReadCount() * 2);
        }
    }

    /// <summary>Iterative, because attributes may stand before attributes without end.</summary>
    private void SkipValues(long open)
    {
        while (open > 0)
        {
            RespType type = Peek();
            switch (type)
            {
                case RespType.Attribute:
                    open += ReadCount() * 2;
                    break;

                case RespType.Array or RespType.Set or RespType.Push or RespType.Map:
                    open += Math.Max(ReadCount(), 0) * (type is RespType.Map ? 2 : 1);
                    open--;
                    break;

                case RespType.BulkString or RespType.BulkError or RespType.VerbatimString:
                    ReadOnlySpan<byte> line = ReadLine();
                    if (line is not [(byte)'-', (byte)'1'])
                    {
                        ReadBulk(line);
                    }

                    open--;
                    break;

                default:
                    ReadLine();
                    open--;
                    break;
            }
        }
    }

    private long ReadCount() =>
        RespNumber.TryParse(ReadLine(), out long count) && count is >= -1 and <= int.MaxValue / 2 ? count : throw new RespException("A reply declares no sensible count.");

    private readonly RespType Peek() =>
        _position < _reply.Length ? (RespType)_reply[_position] : throw new RespException("A reply holds fewer values than expected.");

    private ReadOnlySpan<byte> ReadLine()
    {
        ReadOnlySpan<byte> rest = _reply[_position..];
        int end = rest.IndexOf((byte)'\r');
        if (end < 1 || end + 1 >= rest.Length)
        {
            throw new RespException("A line of a reply does not end.");
        }

        _position += end + 2;
        return rest[1..end];
    }

    private ReadOnlySpan<byte> ReadBulk(ReadOnlySpan<byte> line)
    {
        if (!RespNumber.TryParse(line, out long length) || length < 0 || length > _reply.Length - _position - 2)
        {
            throw new RespException("A string of a reply is null or longer than the reply.");
        }

        ReadOnlySpan<byte> bytes = _reply.Slice(_position, (int)length);
        _position += (int)length + 2;
        return bytes;
    }

    private static RespException Unexpected(RespType type, string expected) =>
        new($"A reply holds a value of type '{(char)type}' where {expected} was expected.");
}
