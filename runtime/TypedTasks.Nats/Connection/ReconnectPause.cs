namespace TypedTasks.Nats.Connection;

/// <summary>How long to wait before the next round of servers: at first hardly, then exponentially longer with full jitter, so that a fleet does not return in step.</summary>
internal sealed class ReconnectPause(TimeSpan longest)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private int _rounds;

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        double ceiling = Math.Min(longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, Math.Min(_rounds++, 20)));
        return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * ceiling);
    }

    /// <summary>A connection stood for so long. Only one that lasted proves that the trouble is over.</summary>
    public void Lived(TimeSpan time)
    {
        if (time > longest)
        {
            _rounds = 0;
        }
    }
}
