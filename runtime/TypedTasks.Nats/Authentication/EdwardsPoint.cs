namespace TypedTasks.Nats.Authentication;

/// <summary>A point of the curve -x² + y² = 1 + d x² y², in extended coordinates (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.</summary>
internal sealed class EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t)
{
    // 2 d
    private static readonly FieldElement TwoD = new(
    [
        0xf159, 0x26b2, 0x9b94, 0xebd6, 0xb156, 0x8283, 0x149a, 0x00e0, 0xd130, 0xeef3, 0x80f2, 0x198e, 0xfce7, 0x56df, 0xd9dc, 0x2406,
    ]);

    private static readonly FieldElement BaseX = new(
    [
        0xd51a, 0x8f25, 0x2d60, 0xc956, 0xa7b2, 0x9525, 0xc760, 0x692c, 0xdc5c, 0xfdd6, 0xe231, 0xc0a4, 0x53fe, 0xcd6e, 0x36d3, 0x2169,
    ]);

    private static readonly FieldElement BaseY = new(
    [
        0x6658, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666,
    ]);

    private FieldElement _x = x;
    private FieldElement _y = y;
    private FieldElement _z = z;
    private FieldElement _t = t;

    /// <summary>The base point times a scalar of 32 bytes, little-endian.</summary>
    public static EdwardsPoint MultiplyBase(ReadOnlySpan<byte> scalar)
    {
        var result = new EdwardsPoint(new FieldElement(), new FieldElement(1), new FieldElement(1), new FieldElement());
        var other = new EdwardsPoint(BaseX.Copy(), BaseY.Copy(), new FieldElement(1), BaseX * BaseY);
        for (int i = 255; i >= 0; i--)
        {
            int bit = (scalar[i / 8] >> (i & 7)) & 1;
            Swap(result, other, bit);
            other.Add(result);
            result.Add(result);
            Swap(result, other, bit);
        }

        return result;
    }

    /// <summary>The 32 bytes of RFC 8032: y, with the sign of x in the highest bit.</summary>
    public void Encode(Span<byte> destination)
    {
        FieldElement inverse = _z.Inverse();
        Span<byte> xBytes = stackalloc byte[32];
        (_x * inverse).Encode(xBytes);
        (_y * inverse).Encode(destination);
        destination[31] ^= (byte)((xBytes[0] & 1) << 7);
    }

    // The complete addition of RFC 8032 5.1.4: right for doubling too.
    private void Add(EdwardsPoint other)
    {
        FieldElement a = (_y - _x) * (other._y - other._x);
        FieldElement b = (_x + _y) * (other._x + other._y);
        FieldElement c = _t * other._t * TwoD;
        FieldElement d = _z * other._z;
        d += d;
        FieldElement e = b - a;
        FieldElement f = d - c;
        FieldElement g = d + c;
        FieldElement h = b + a;
        (_x, _y, _z, _t) = (e * f, h * g, g * f, e * h);
    }

    private static void Swap(EdwardsPoint a, EdwardsPoint b, int bit)
    {
        FieldElement.Swap(a._x, b._x, bit);
        FieldElement.Swap(a._y, b._y, bit);
        FieldElement.Swap(a._z, b._z, bit);
        FieldElement.Swap(a._t, b._t, bit);
    }
}
