using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TypedTasks.MessagePack;

/// <summary>
/// Compares keys exactly as the default comparer does, but hashes them so that a sender cannot choose keys that collide: reading n such keys
/// would take n² comparisons (CVE-2020-5234, CVE-2024-48924 in MessagePack-CSharp).
/// </summary>
/// <remarks>
/// .NET randomises the hash of strings only; that of an integer, a GUID or a date is known, and so is the bucket. Keys are therefore hashed once more
/// with .NET's keyed string hash. Where the hashes themselves are equal, as a sender can arrange for 64-bit integers, the comparisons are counted and
/// an implausible number of them refuses the payload. Small collections keep the default comparer: the worst they can do is bounded by their size.
/// </remarks>
internal sealed class WireComparer<T> : IEqualityComparer<T>
{
    private const int SmallCount = 256;
    private const int PlausibleCollisionsPerKey = 16;

    private long _comparisonsLeft;
    private bool _reading = true;

    private WireComparer(int count) => _comparisonsLeft = (long)count * PlausibleCollisionsPerKey;

    /// <summary>The comparer for reading <paramref name="count"/> keys; null for the default one.</summary>
    public static WireComparer<T>? For(int count) => count <= SmallCount || typeof(T) == typeof(string) ? null : new(count);

    /// <summary>Everything is read: from now on comparisons are the user's, and free.</summary>
    public void Seal() => _reading = false;

    /// <inheritdoc/>
    public bool Equals(T? x, T? y)
    {
        if (_reading && --_comparisonsLeft < 0)
        {
            throw new MessagePackException("Too many keys have the same hash code.");
        }

        return EqualityComparer<T>.Default.Equals(x, y);
    }

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] T obj)
    {
        int hash = EqualityComparer<T>.Default.GetHashCode(obj);
        return string.GetHashCode(MemoryMarshal.Cast<int, char>(new ReadOnlySpan<int>(in hash)));
    }
}
