namespace TypedTasks.Nats.Authentication;

/// <summary>A number modulo 2^255 - 19: 16 digits of base 2^16, little-endian, held loosely and made canonical only when encoded.</summary>
internal sealed class FieldElement
{
    private readonly long[] _digits = new long[16];

    /// <summary>Zero.</summary>
    public FieldElement()
    {
    }

    /// <summary>A small number.</summary>
    public FieldElement(long value)
    {
        _digits[0] = value;
    }

    /// <summary>Digits as given.</summary>
    public FieldElement(ReadOnlySpan<int> digits)
    {
        for (int i = 0; i < 16; i++)
        {
            _digits[i] = digits[i];
        }
    }

    public static FieldElement operator +(FieldElement a, FieldElement b)
    {
        var sum = new FieldElement();
        for (int i = 0; i < 16; i++)
        {
            sum._digits[i] = a._digits[i] + b._digits[i];
        }

        return sum;
    }

    public static FieldElement operator -(FieldElement a, FieldElement b)
    {
        var difference = new FieldElement();
        for (int i = 0; i < 16; i++)
        {
            difference._digits[i] = a._digits[i] - b._digits[i];
        }

        return difference;
    }

    public static FieldElement operator *(FieldElement a, FieldElement b)
    {
        Span<long> wide = stackalloc long[31];
        for (int i = 0; i < 16; i++)
        {
            for (int j = 0; j < 16; j++)
            {
                wide[i + j] += a._digits[i] * b._digits[j];
            }
        }

        // 2^256 = 38 (mod p)
        for (int i = 0; i < 15; i++)
        {
            wide[i] += 38 * wide[i + 16];
        }

        var product = new FieldElement();
        wide[..16].CopyTo(product._digits);
        Carry(product._digits);
        Carry(product._digits);
        return product;
    }

    /// <summary>1 / this, as this to the power of p - 2: every bit of the exponent is 1, but for bits 2 and 4.</summary>
    public FieldElement Inverse()
    {
        FieldElement power = this;
        for (int bit = 253; bit >= 0; bit--)
        {
            power *= power;
            if (bit is not (2 or 4))
            {
                power *= this;
            }
        }

        return power;
    }

    /// <summary>Swaps two numbers when <paramref name="bit"/> is 1, in the same time when it is 0.</summary>
    public static void Swap(FieldElement a, FieldElement b, int bit)
    {
        long mask = -bit;
        for (int i = 0; i < 16; i++)
        {
            long difference = mask & (a._digits[i] ^ b._digits[i]);
            a._digits[i] ^= difference;
            b._digits[i] ^= difference;
        }
    }

    /// <summary>A copy.</summary>
    public FieldElement Copy()
    {
        var copy = new FieldElement();
        _digits.CopyTo(copy._digits, 0);
        return copy;
    }

    /// <summary>The 32 canonical bytes, little-endian.</summary>
    public void Encode(Span<byte> destination)
    {
        long[] t = (long[])_digits.Clone();
        Carry(t);
        Carry(t);
        Carry(t);
        Span<long> m = stackalloc long[16];
        for (int round = 0; round < 2; round++)
        {
            // m = t - p; kept where it is not negative.
            m[0] = t[0] - 0xffed;
            for (int i = 1; i < 15; i++)
            {
                m[i] = t[i] - 0xffff - ((m[i - 1] >> 16) & 1);
                m[i - 1] &= 0xffff;
            }

            m[15] = t[15] - 0x7fff - ((m[14] >> 16) & 1);
            long keep = ((m[15] >> 16) & 1) - 1;
            m[14] &= 0xffff;
            for (int i = 0; i < 16; i++)
            {
                t[i] ^= keep & (t[i] ^ m[i]);
            }
        }

        for (int i = 0; i < 16; i++)
        {
            destination[2 * i] = (byte)t[i];
            destination[(2 * i) + 1] = (byte)(t[i] >> 8);
        }
    }

    private static void Carry(long[] digits)
    {
        for (int i = 0; i < 16; i++)
        {
            digits[i] += 1L << 16;
            long carry = digits[i] >> 16;
            int next = i < 15 ? i + 1 : 0;
            digits[next] += i < 15 ? carry - 1 : 38 * (carry - 1);
            digits[i] -= carry << 16;
        }
    }
}
