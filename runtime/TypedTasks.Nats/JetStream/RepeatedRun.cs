namespace TypedTasks.Nats.JetStream;

/// <summary>Work that brings something up to date: one run at a time, and whoever asks while it runs gets another run afterwards, for the one under way may have looked before.</summary>
/// <param name="work">The work. What it throws is nobody's to see: it logs by itself.</param>
internal sealed class RepeatedRun(Func<Task> work)
{
    // How many have asked since nothing ran; 0 while nothing runs.
    private int _asked;

    /// <summary>Asks for a run that begins from now on.</summary>
    public void Ask()
    {
        if (Interlocked.Increment(ref _asked) == 1)
        {
            _ = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        int served;
        do
        {
            served = Volatile.Read(ref _asked);
            await work().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (Interlocked.CompareExchange(ref _asked, 0, served) != served);
    }
}
