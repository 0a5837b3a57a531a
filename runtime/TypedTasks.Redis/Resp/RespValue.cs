using System.Text;

namespace TypedTasks.Redis.Resp;

/// <summary>A reply as a tree, for everything that is not on the hot path. Maps are arrays of keys and values.</summary>
internal sealed class RespValue
{
    private static readonly RespValue NullValue = new(RespType.Null, [], []);

    private RespValue(RespType type, byte[] bytes, RespValue[] items)
    {
        Type = type;
        Bytes = bytes;
        Items = items;
    }

    internal RespType Type { get; }

    internal byte[] Bytes { get; }

    internal RespValue[] Items { get; }

    internal bool IsNull => Type is RespType.Null;

    internal bool IsError => Type is RespType.Error or RespType.BulkError;

    internal string Text => Encoding.UTF8.GetString(Bytes);

    internal RespError Error => RespError.Parse(Bytes);

    internal RespValue this[int index] =>
        index < Items.Length ? Items[index] : throw new RespException("A reply holds fewer values than expected.");

    internal long Integer => RespNumber.TryParse(Bytes, out long value) ? value : throw new RespException("A reply holds something else where an integer was expected.");

    /// <summary>The value behind a key of a map, or of an array of keys and values.</summary>
    internal RespValue? Find(string key)
    {
        for (int index = 0; index + 1 < Items.Length; index += 2)
        {
            if (string.Equals(Items[index].Text, key, StringComparison.OrdinalIgnoreCase))
            {
                return Items[index + 1];
            }
        }

        return null;
    }

    /// <summary>Copies the next value out of the reader. The scanner has bounded the depth of the reply, and with it the recursion.</summary>
    internal static RespValue Read(ref RespReader reader)
    {
        if (reader.TryReadNull())
        {
            return NullValue;
        }

        RespType type = reader.Type;
        if (type is not (RespType.Array or RespType.Set or RespType.Push or RespType.Map))
        {
            return new RespValue(type, reader.ReadBytes().ToArray(), []);
        }

        // Every counted value takes three bytes at least, so the scanner, which saw them all, has already proved the count.
        var items = new RespValue[reader.ReadArray()];
        for (int index = 0; index < items.Length; index++)
        {
            items[index] = Read(ref reader);
        }

        return new RespValue(type, [], items);
    }
}
