using System.Security.Cryptography;

namespace TypedTasks.Nats.Authentication;

/// <summary>
/// Ed25519 signatures (RFC 8032, section 5.1), which the base library of .NET 10 does not have: public key and signing, which is all that NKeys need of a client.
/// </summary>
/// <remarks>
/// No branch and no index depends on secret bits: the ladder adds and doubles for every bit and swaps by mask, so that timing tells nothing of the seed.
/// It is slow beside tuned libraries (well under a millisecond) and used once a connection.
/// </remarks>
internal static class Ed25519
{
    // The order of the base point, little-endian: 2^252 + 27742317777372353535851937790883648493.
    private static readonly long[] Order =
    [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];

    /// <summary>The public key of a 32-byte seed.</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> seed)
    {
        Span<byte> hash = stackalloc byte[64];
        Expand(seed, hash);
        byte[] key = new byte[32];
        EdwardsPoint.MultiplyBase(hash[..32]).Encode(key);
        CryptographicOperations.ZeroMemory(hash);
        return key;
    }

    /// <summary>Signs a message: 64 bytes.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[64];
        Expand(seed, hash);
        byte[] publicKey = PublicKey(seed);

        // r = SHA-512(prefix, message) mod L;  R = r B
        byte[] input = new byte[64 + message.Length];
        hash[32..].CopyTo(input.AsSpan(32));
        message.CopyTo(input.AsSpan(64));
        Span<byte> nonce = stackalloc byte[64];
        SHA512.HashData(input.AsSpan(32), nonce);
        Reduce(nonce);
        byte[] signature = new byte[64];
        EdwardsPoint.MultiplyBase(nonce[..32]).Encode(signature);

        // k = SHA-512(R, A, message) mod L;  S = r + k s mod L
        signature.AsSpan(0, 32).CopyTo(input);
        publicKey.CopyTo(input, 32);
        Span<byte> challenge = stackalloc byte[64];
        SHA512.HashData(input, challenge);
        Reduce(challenge);
        Span<long> sum = stackalloc long[64];
        for (int i = 0; i < 32; i++)
        {
            sum[i] = nonce[i];
        }

        for (int i = 0; i < 32; i++)
        {
            for (int j = 0; j < 32; j++)
            {
                sum[i + j] += (long)challenge[i] * hash[j];
            }
        }

        ModuloOrder(sum, signature.AsSpan(32));
        CryptographicOperations.ZeroMemory(hash);
        CryptographicOperations.ZeroMemory(nonce);
        CryptographicOperations.ZeroMemory(input);
        return signature;
    }

    // SHA-512 of the seed: the clamped secret scalar, and the prefix for nonces.
    private static void Expand(ReadOnlySpan<byte> seed, Span<byte> hash)
    {
        SHA512.HashData(seed, hash);
        hash[0] &= 248;
        hash[31] &= 127;
        hash[31] |= 64;
    }

    // 64 bytes modulo the order, into the first 32.
    private static void Reduce(Span<byte> value)
    {
        Span<long> digits = stackalloc long[64];
        for (int i = 0; i < 64; i++)
        {
            digits[i] = value[i];
        }

        value.Clear();
        ModuloOrder(digits, value[..32]);
    }

    // Digits of base 256, each of any size, modulo the order. Since 2^252 = -c (mod L), 16 times the order is subtracted from the top down.
    private static void ModuloOrder(Span<long> x, Span<byte> result)
    {
        for (int i = 63; i >= 32; i--)
        {
            long carry = 0;
            int j = i - 32;
            for (; j < i - 12; j++)
            {
                x[j] += carry - (16 * x[i] * Order[j - (i - 32)]);
                carry = (x[j] + 128) >> 8;
                x[j] -= carry << 8;
            }

            x[j] += carry;
            x[i] = 0;
        }

        long borrow = 0;
        for (int j = 0; j < 32; j++)
        {
            x[j] += borrow - ((x[31] >> 4) * Order[j]);
            borrow = x[j] >> 8;
            x[j] &= 255;
        }

        for (int j = 0; j < 32; j++)
        {
            x[j] -= borrow * Order[j];
        }

        for (int i = 0; i < 32; i++)
        {
            x[i + 1] += x[i] >> 8;
            result[i] = (byte)(x[i] & 255);
        }
    }
}
