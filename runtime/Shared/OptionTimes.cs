namespace TypedTasks.Shared;

/// <summary>What the times of an engine's options may be.</summary>
internal static class OptionTimes
{
    // Far beyond what makes sense, and far from where timers and sums of ticks end.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Whether something can be waited for as long: more than nothing, and at most a day.</summary>
    internal static bool IsWait(TimeSpan time) => time > TimeSpan.Zero && time <= Longest;
}
