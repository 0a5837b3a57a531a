using System.Diagnostics;
using System.Numerics;

namespace TypedTasks.Load;

/// <summary>
/// A histogram of times: 64 steps to each doubling, so a reading is exact to under two per cent, from a clock's tick to hours, in a fixed 30 KiB.
/// Recording allocates nothing and locks nothing.
/// </summary>
internal sealed class Latencies
{
    private const int StepBits = 6;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[(65 - StepBits) * Steps];

    public void Record(long ticks) => Interlocked.Increment(ref _counts[IndexOf(Math.Max(0, ticks))]);

    /// <summary>The time that a share of the recorded ones does not exceed, in microseconds; null where nothing was recorded.</summary>
    public double? PercentileMicros(double share)
    {
        long total = _counts.Sum();
        long rank = Math.Max(1, (long)Math.Ceiling(total * share));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (total > 0 && seen >= rank)
            {
                return UpperOf(i) * 1e6 / Stopwatch.Frequency;
            }
        }

        return null;
    }

    private static int IndexOf(long ticks)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)ticks | 1) - StepBits);
        return (shift * Steps) + (int)(ticks >> shift);
    }

    // The inverse: values below 2 × Steps have places of their own; above, a place is 2^shift wide.
    private static double UpperOf(int index)
    {
        int shift = Math.Max(0, (index / Steps) - 1);
        long step = index - (shift * Steps);
        return ((step + 1) * Math.Pow(2, shift)) - 1;
    }
}
