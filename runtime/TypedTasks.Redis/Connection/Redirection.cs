using System.Text;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>What <c>MOVED &lt;slot&gt; &lt;host:port&gt;</c> and <c>ASK</c> say. An empty host means the one that was asked.</summary>
internal readonly record struct Redirection(int Slot, RedisEndpoint Endpoint)
{
    internal static bool TryParse(ReadOnlySpan<byte> error, out Redirection redirection)
    {
        redirection = default;
        int first = error.IndexOf((byte)' ');
        int second = error.LastIndexOf((byte)' ');
        int colon = error.LastIndexOf((byte)':');
        if (first < 0 || second <= first || colon <= second
            || !RespNumber.TryParse(error[(first + 1)..second], out long slot) || slot is < 0 or >= ClusterSlot.Count
            || !RespNumber.TryParse(error[(colon + 1)..], out long port) || port is < 1 or > 65535)
        {
            return false;
        }

        redirection = new Redirection((int)slot, new RedisEndpoint(Encoding.UTF8.GetString(error[(second + 1)..colon]), (int)port));
        return true;
    }
}

/// <summary>Where a key lives: CRC-16/XMODEM of the part between the first <c>{</c> and the next <c>}</c> if that is not empty, else of the whole key.</summary>
internal static class ClusterSlot
{
    internal const int Count = 16384;

    private static readonly ushort[] Table = CreateTable();

    internal static int Of(ReadOnlySpan<byte> key)
    {
        int open = key.IndexOf((byte)'{');
        if (open >= 0)
        {
            int length = key[(open + 1)..].IndexOf((byte)'}');
            if (length > 0)
            {
                key = key.Slice(open + 1, length);
            }
        }

        int crc = 0;
        foreach (byte value in key)
        {
            crc = ((crc << 8) & 0xFFFF) ^ Table[(crc >> 8) ^ value];
        }

        return crc % Count;
    }

    // What a byte adds to the remainder: it is asked for every key of every state that is written.
    private static ushort[] CreateTable()
    {
        ushort[] table = new ushort[256];
        for (int value = 0; value < table.Length; value++)
        {
            int crc = value << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ 0x1021) & 0xFFFF : (crc << 1) & 0xFFFF;
            }

            table[value] = (ushort)crc;
        }

        return table;
    }
}
