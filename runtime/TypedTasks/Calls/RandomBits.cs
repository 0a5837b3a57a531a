using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TypedTasks;

/// <summary>
/// Random bits for ids, from the system's secure generator, fetched many at once: asking the system for each id would cost more than the rest of
/// enqueueing. Every thread has its own supply; what was taken is wiped.
/// </summary>
internal sealed class RandomBits
{
    // 64 ids' worth.
    private const int Supply = 128;

    [ThreadStatic]
    private static RandomBits? OfThread;

    private readonly ulong[] _bits = new ulong[Supply];
    private int _left;

    /// <summary>128 bits that nobody else gets.</summary>
    public static (ulong High, ulong Low) Take() => (OfThread ??= new RandomBits()).TakeOwn();

    private (ulong High, ulong Low) TakeOwn()
    {
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(_bits.AsSpan()));
            _left = Supply;
        }

        _left -= 2;
        Span<ulong> taken = _bits.AsSpan(_left, 2);
        (ulong High, ulong Low) bits = (taken[0], taken[1]);
        taken.Clear();
        return bits;
    }
}
