using System.Buffers;
using System.Text;

namespace TypedTasks.Nats.Protocol;

/// <summary>
/// Any text as one token of a subject (and as a stream or consumer name): letters, digits, <c>-</c> and <c>_</c> as they are,
/// every other UTF-8 byte as <c>=</c> and two hex digits. Nothing that a user writes can reach the protocol unescaped.
/// </summary>
internal static class SubjectToken
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>What a byte becomes at most: <c>=</c> and two digits.</summary>
    private const int EscapedLength = 3;

    /// <summary>Texts of up to so many bytes, as nearly all are, cost their result only.</summary>
    private const int OnStack = 256;

    /// <summary>Escapes a text.</summary>
    public static string Escape(string text)
    {
        if (text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        if (text.Length == 0)
        {
            return "=";
        }

        int bytes = Encoding.UTF8.GetByteCount(text);
        Span<byte> utf8 = bytes <= OnStack ? stackalloc byte[OnStack] : new byte[bytes];
        Span<char> escaped = bytes <= OnStack ? stackalloc char[EscapedLength * OnStack] : new char[EscapedLength * bytes];
        int length = 0;
        foreach (byte b in utf8[..Encoding.UTF8.GetBytes(text, utf8)])
        {
            if (b < 0x80 && Plain.Contains((char)b))
            {
                escaped[length++] = (char)b;
            }
            else
            {
                escaped[length++] = '=';
                Convert.TryToHexString(new ReadOnlySpan<byte>(in b), escaped[length..], out int digits);
                length += digits;
            }
        }

        return new string(escaped[..length]);
    }

    /// <summary>Reads what <see cref="Escape"/> wrote; null when it did not write this.</summary>
    public static string? Unescape(ReadOnlySpan<char> token)
    {
        if (token is "=")
        {
            return "";
        }

        byte[] bytes = new byte[token.Length];
        int length = 0;
        for (int i = 0; i < token.Length; i++)
        {
            if (token[i] != '=')
            {
                if (!Plain.Contains(token[i]))
                {
                    return null;
                }

                bytes[length++] = (byte)token[i];
            }
            else if (i + 2 < token.Length && char.IsAsciiHexDigit(token[i + 1]) && char.IsAsciiHexDigit(token[i + 2]))
            {
                bytes[length++] = byte.Parse(token.Slice(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null);
                i += 2;
            }
            else
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>Whether a configured prefix can stand before other tokens: tokens of plain characters, separated by dots.</summary>
    public static bool IsPrefix(string text)
    {
        foreach (Range token in text.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> part = text.AsSpan()[token];
            if (part.IsEmpty || part.TrimStart('$').IsEmpty || part.TrimStart('$').ContainsAnyExcept(Plain))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= 128;
    }
}
