namespace TypedTasks.Redis.Resp;

/// <summary>Numbers as RESP writes them: an optional sign and decimal digits, nothing else.</summary>
internal static class RespNumber
{
    internal static bool TryParse(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        bool negative = false;
        if (digits.Length > 0 && digits[0] is (byte)'-' or (byte)'+')
        {
            negative = digits[0] == (byte)'-';
            digits = digits[1..];
        }

        // 18 digits always fit; 19 and more only matter for numbers that no reply of ours holds, so those take the checked way.
        if (digits.Length is 0 or > 19)
        {
            return false;
        }

        ulong magnitude = 0;
        foreach (byte digit in digits)
        {
            uint number = (uint)(digit - '0');
            if (number > 9)
            {
                return false;
            }

            magnitude = (magnitude * 10) + number;
        }

        if (magnitude > (ulong)long.MaxValue + (negative ? 1UL : 0UL))
        {
            return false;
        }

        value = negative ? (long)(0UL - magnitude) : (long)magnitude;
        return true;
    }

    /// <summary>The number, or 0 where there is none.</summary>
    internal static long ParseOrZero(ReadOnlySpan<byte> digits) => TryParse(digits, out long value) ? value : 0;

    /// <summary>How many characters <paramref name="value"/> takes.</summary>
    internal static int Length(long value)
    {
        int length = value < 0 ? 2 : 1;
        ulong rest = value < 0 ? 0UL - (ulong)value : (ulong)value;
        while (rest >= 10)
        {
            rest /= 10;
            length++;
        }

        return length;
    }
}
