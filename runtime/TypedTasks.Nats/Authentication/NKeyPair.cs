using System.Security.Cryptography;

namespace TypedTasks.Nats.Authentication;

/// <summary>
/// An NKey: an Ed25519 key in NATS's own spelling, base32 without padding of prefix, key and CRC-16.
/// A seed is 2 prefix bytes (5 bits "seed", 8 bits kind of key), 32 secret bytes and the check; a public key 1 prefix byte, 32 bytes and the check.
/// </summary>
internal sealed class NKeyPair
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int SeedPrefix = 18 << 3;
    private readonly byte[] _seed;

    private NKeyPair(byte[] seed, byte kind)
    {
        _seed = seed;
        byte[] key = new byte[35];
        key[0] = kind;
        Ed25519.PublicKey(seed).CopyTo(key, 1);
        ushort check = Crc16(key.AsSpan(0, 33));
        key[33] = (byte)check;
        key[34] = (byte)(check >> 8);
        PublicKey = Encode(key);
    }

    /// <summary>The public key, 56 characters.</summary>
    public string PublicKey { get; }

    /// <summary>Reads a seed.</summary>
    /// <exception cref="TaskConfigurationException">It is none; the message names its <paramref name="source"/> and does not show it.</exception>
    public static NKeyPair FromSeed(string seed, string source)
    {
        byte[]? bytes = Decode(seed.Trim());
        if (bytes is not { Length: 36 } || (bytes[0] & 0xF8) != SeedPrefix)
        {
            throw new TaskConfigurationException($"The NKey seed of {source} is none: it has 58 characters and begins with 'SU'.");
        }

        ushort check = Crc16(bytes.AsSpan(0, 34));
        if (bytes[34] != (byte)check || bytes[35] != (byte)(check >> 8))
        {
            throw new TaskConfigurationException($"The NKey seed of {source} is damaged: its checksum does not fit.");
        }

        byte kind = (byte)((bytes[0] & 0x07) << 5 | bytes[1] >> 3);
        var pair = new NKeyPair(bytes.AsSpan(2, 32).ToArray(), kind);
        CryptographicOperations.ZeroMemory(bytes);
        return pair;
    }

    /// <summary>Signs a nonce.</summary>
    public byte[] Sign(ReadOnlyMemory<byte> message) => Ed25519.Sign(_seed, message.Span);

    /// <summary>CRC-16/XMODEM: polynomial 0x1021, start 0.</summary>
    internal static ushort Crc16(ReadOnlySpan<byte> data)
    {
        int crc = 0;
        foreach (byte b in data)
        {
            crc ^= b << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }

        return (ushort)crc;
    }

    /// <summary>Base32 of RFC 4648, without padding.</summary>
    internal static string Encode(ReadOnlySpan<byte> data)
    {
        var text = new System.Text.StringBuilder((data.Length * 8 / 5) + 1);
        int bits = 0;
        int held = 0;
        foreach (byte b in data)
        {
            held = (held << 8) | b;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Alphabet[(held >> bits) & 31]);
            }

            held &= (1 << bits) - 1;
        }

        if (bits > 0)
        {
            text.Append(Alphabet[(held << (5 - bits)) & 31]);
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Encode"/> writes; null when it is something else.</summary>
    internal static byte[]? Decode(string text)
    {
        if (text.Length > 128)
        {
            return null;
        }

        byte[] data = new byte[text.Length * 5 / 8];
        int bits = 0;
        int held = 0;
        int length = 0;
        foreach (char c in text)
        {
            int digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }

            held = ((held << 5) | digit) & 0xFFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                data[length++] = (byte)(held >> bits);
            }
        }

        // Bits that are left over are zero: every key has one spelling.
        return (held & ((1 << bits) - 1)) == 0 ? data : null;
    }
}
