namespace TypedTasks;

/// <summary>The delays between attempts: exponential from <see cref="Least"/>, doubled with each attempt, never above <see cref="Most"/>, with full jitter.</summary>
/// <param name="Least">The shortest delay, and the base that is doubled.</param>
/// <param name="Most">The longest delay.</param>
public readonly record struct BackoffRange(TimeSpan Least, TimeSpan Most)
{
    /// <summary>
    /// The delay after attempt number <paramref name="attempt"/>: uniformly random between <see cref="Least"/> and
    /// <c>min(Most, Least × 2^attempt)</c>, so that tasks that failed together do not come back together.
    /// </summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="random">A number from 0 (inclusive) to 1 (exclusive); injected, so that tests are exact.</param>
    public TimeSpan DelayAfter(int attempt, double random)
    {
        if (Most <= Least)
        {
            return Least;
        }

        // 2^62 ticks is beyond every TimeSpan that the attributes can express; doubles are exact enough for a random delay.
        double ceiling = Math.Min(Most.Ticks, Least.Ticks * Math.Pow(2, Math.Min(attempt, 62)));
        return TimeSpan.FromTicks(Least.Ticks + (long)((ceiling - Least.Ticks) * random));
    }
}
