using System.Buffers.Text;
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <summary>
/// A decimal as text in invariant form, so that no digit and no trailing zero is lost (MessagePack-CSharp's <c>DecimalFormatter</c>).
/// Allocates nothing.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DecimalCodec : IPayloadCodec<decimal>
{
    // A sign, a leading zero, a point and 28 digits: always the shortest kind of string.
    internal const int MaxTextLength = 31;

    // The digits in so many bytes always fit 64 bits.
    private const int MaxShortLength = 19;

    // An array, as unoptimised code allocates for a span of constants.
    private static readonly ulong[] PowersOfTen =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
        10_000_000_000_000_000_000,
    ];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref MessagePackWriter writer, decimal value) => WriteText(ref writer, in value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static decimal Read(ref MessagePackReader reader)
    {
        ReadText(ref reader, out decimal value);
        return value;
    }

    /// <summary>Formats into at least <see cref="MaxTextLength"/> bytes and returns how many it took.</summary>
    internal static int Format(decimal value, Span<byte> text)
    {
        if (!TryFormatShort(value, text, out int length))
        {
            Utf8Formatter.TryFormat(value, text, out length);
        }

        return length;
    }

    // By reference and not inlined, for the reasons that GuidCodec gives.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteText(ref MessagePackWriter writer, in decimal value)
    {
        Span<byte> buffer = writer.GetSpan(MaxTextLength + 1)[..(MaxTextLength + 1)];
        int length = Format(value, buffer[1..]);
        buffer[0] = (byte)(MessagePackCode.MinFixStr | length);
        writer.Advance(length + 1);
    }

    // By reference in this direction too: returned, a decimal goes from its parts through two registers to its place, and waits for its halves twice instead of once.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadText(ref MessagePackReader reader, out decimal value)
    {
        ReadOnlySpan<byte> text = reader.ReadStringSpan();
        if (!TryParse(text, out value))
        {
            Malformed.Invalid("a decimal", reader.Consumed);
        }
    }

    internal static bool TryParse(ReadOnlySpan<byte> text, out decimal value) =>
        TryParseShort(text, out value) || (Utf8Parser.TryParse(text, out value, out int length) && length == text.Length);

    /// <summary>Formats a value whose digits fit 64 bits, faster than the general way: in place, from the last digit to the first.</summary>
    private static bool TryFormatShort(decimal value, Span<byte> text, out int length)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        if (bits[2] != 0)
        {
            length = 0;
            return false;
        }

        ulong digits = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        int scale = (bits[3] >> 16) & 0xff;
        bool negative = bits[3] < 0 && digits != 0;

        // At least one digit stands before the point.
        int at = Math.Max(CountDigits(digits), scale + 1) + (scale > 0 ? 1 : 0) + (negative ? 1 : 0);
        length = at;
        if (scale > 0)
        {
            for (; scale > 0; scale--)
            {
                text[--at] = NextDigit(ref digits);
            }

            text[--at] = (byte)'.';
        }

        do
        {
            text[--at] = NextDigit(ref digits);
        }
        while (digits != 0);

        if (negative)
        {
            text[0] = (byte)'-';
        }

        return true;
    }

    private static int CountDigits(ulong value)
    {
        // log10(2) is about 1233 / 4096: exact, or one too few.
        int count = ((BitOperations.Log2(value | 1) + 1) * 1233) >> 12;
        return value >= PowersOfTen[count] ? count + 1 : Math.Max(count, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte NextDigit(ref ulong digits)
    {
        ulong rest = digits / 10;
        byte digit = (byte)('0' + (digits - (rest * 10)));
        digits = rest;
        return digit;
    }

    /// <summary>Parses <c>-?[0-9]+(\.[0-9]+)?</c> of at most 19 bytes; everything else is left to the general way.</summary>
    private static bool TryParseShort(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative)
        {
            text = text[1..];
        }

        if (text.Length is 0 or > MaxShortLength)
        {
            return false;
        }

        ulong digits = 0;
        int point = -1;
        for (int i = 0; i < text.Length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
            }
            else if (text[i] == '.' && point < 0 && i > 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        int scale = point < 0 ? 0 : text.Length - 1 - point;
        if ((point >= 0 && scale == 0) || (negative && digits == 0))
        {
            return false;
        }

        value = new decimal((int)digits, (int)(digits >> 32), 0, negative, (byte)scale);
        return true;
    }
}
