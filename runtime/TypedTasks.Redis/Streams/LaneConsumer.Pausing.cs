namespace TypedTasks.Redis.Streams;

// Whether the queue is paused: told by notices, and seen in the server's answers.
internal sealed partial class LaneConsumer
{
    private volatile bool _paused;
    private int _pauseNotices;

    /// <summary>Somebody has just paused or resumed the queue.</summary>
    internal void SetPaused(bool paused)
    {
        Interlocked.Increment(ref _pauseNotices);
        ApplyPaused(paused);
    }

    /// <summary>The server said how the queue stands, when no more than <paramref name="notices"/> notices had come: what has come since is newer.</summary>
    private void SawPaused(bool paused, int notices)
    {
        if (notices == Volatile.Read(ref _pauseNotices))
        {
            ApplyPaused(paused);
        }
    }

    private void ApplyPaused(bool paused)
    {
        if (_paused != paused)
        {
            _paused = paused;
            if (paused)
            {
                StopWaiting();
            }

            LookAgain();
        }
    }
}
