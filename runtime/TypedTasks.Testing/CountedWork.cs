using System.Diagnostics;

namespace TypedTasks.Testing;

/// <summary>The thread pool, with a count of what was handed to it and has not ended: so that virtual time waits for the workers that live in it.</summary>
internal sealed class CountedWork : IWorkScheduler
{
    // Work that was found done this often in a row has ended, and so have the steps that its end set off.
    private const int CalmTurns = 6;

    // A handler that blocks its thread would keep time from passing for ever. A machine that is busy elsewhere may hold a thread back for long, too.
    private static readonly TimeSpan LongestBlock = TimeSpan.FromSeconds(2);

    private long _turns;
    private int _pending;

    public void Queue(IThreadPoolWorkItem item)
    {
        Interlocked.Increment(ref _turns);
        Interlocked.Increment(ref _pending);
        ThreadPool.UnsafeQueueUserWorkItem(new Counted(this, item), preferLocal: false);
    }

    /// <summary>Waits until nothing is left that could go on without time passing. Goes on on the thread pool.</summary>
    internal async Task CalmAsync(CancellationToken cancellationToken)
    {
        long seen = -1;
        long stuckSince = Stopwatch.GetTimestamp();
        for (int calm = 0; calm < CalmTurns;)
        {
            await HopAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            long turns = Interlocked.Read(ref _turns);
            if (turns != seen)
            {
                seen = turns;
                calm = 0;
                stuckSince = Stopwatch.GetTimestamp();
            }
            else if (Volatile.Read(ref _pending) == 0 || Stopwatch.GetElapsedTime(stuckSince) > LongestBlock)
            {
                calm++;
            }
            else
            {
                calm = 0;
            }
        }
    }

    /// <summary>To the end of the thread pool's queue, behind the work that is waited for: yielding would come back at once and keep it from running.</summary>
    private static Task HopAsync()
    {
        var hop = new TaskCompletionSource();
        ThreadPool.UnsafeQueueUserWorkItem(static hop => hop.SetResult(), hop, preferLocal: false);
        return hop.Task;
    }

    private sealed class Counted(CountedWork work, IThreadPoolWorkItem item) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            try
            {
                item.Execute();
            }
            finally
            {
                Interlocked.Decrement(ref work._pending);
            }
        }
    }
}
