using System.Globalization;
using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers.Reliability;

/// <summary>How long a task can be on its way, by the arithmetic of the worker's back-off.</summary>
internal static class RetryHorizon
{
    /// <summary>
    /// The longest that all attempts and the delays between them can take, in ticks. After attempt k the delay is at most <c>min(most, least × 2^k)</c>, as
    /// <c>BackoffRange.DelayAfter</c> computes it. An attempt without time limit counts nothing: of that no constant speaks.
    /// </summary>
    public static long Of(TaskOptionsModel options)
    {
        double total = (double)(options.TimeLimit?.Ticks ?? 0) * options.MaxAttempts;
        double least = options.BackoffLeast.Ticks;
        double most = Math.Max(options.BackoffMost.Ticks, least);

        // The delays grow for at most 62 attempts; from there on each is the longest.
        int growing = Math.Min(options.MaxAttempts - 1, 62);
        for (int attempt = 1; attempt <= growing; attempt++)
        {
            total += Math.Min(most, least * Math.Pow(2, attempt));
        }

        total += (options.MaxAttempts - 1 - growing) * most;
        return total >= long.MaxValue ? long.MaxValue : (long)total;
    }

    /// <summary>A duration as attributes write it, rounded up to two figures that a person would choose: <c>90s</c>, <c>5h</c>, <c>3d</c>.</summary>
    public static string Write(long ticks)
    {
        (string Unit, long Ticks, long Up)[] units =
        [
            ("s", TimeSpan.TicksPerSecond, 120),
            ("m", TimeSpan.TicksPerMinute, 120),
            ("h", TimeSpan.TicksPerHour, 48),
            ("d", TimeSpan.TicksPerDay, long.MaxValue),
        ];
        foreach ((string unit, long scale, long up) in units)
        {
            long count = ((ticks - 1) / scale) + 1;
            if (count <= up)
            {
                return count.ToString(CultureInfo.InvariantCulture) + unit;
            }
        }

        throw new InvalidOperationException("A day has no upper bound.");
    }
}
