using System.Diagnostics;

namespace TypedTasks.Load;

/// <summary>The producers.</summary>
/// <param name="target">What they call.</param>
/// <param name="options">How many they are, and how far ahead of the handlers.</param>
internal sealed class Callers(ILoadTarget target, LoadOptions options)
{
    /// <summary>
    /// Every caller enqueues its share as fast as it can; in a closed loop no further ahead of the handlers than its share of the window.
    /// With <paramref name="latencies"/>, the time of each call is recorded.
    /// </summary>
    /// <param name="run">Where the tasks are counted.</param>
    /// <param name="isClosed">Whether the loop is closed.</param>
    /// <param name="latencies">Where the calls' times go.</param>
    /// <param name="skip">How many of its share each caller leaves out, because they were sent before.</param>
    /// <param name="most">How many each caller sends at most.</param>
    public Task SendAsync(Ledger.Run run, bool isClosed, Latencies? latencies = null, int skip = 0, int most = int.MaxValue) =>
        Task.WhenAll(Enumerable.Range(0, options.Callers).Select(caller => Task.Run(() => SendShareAsync(run, caller, isClosed, latencies, skip, most))));

    /// <summary>
    /// Enqueues at a constant rate from a thread of its own. A task's time runs from when it was due: where the engine, the machine or this loop falls behind, those that wait meanwhile are charged for it (no coordinated omission).
    /// </summary>
    public Task SendAtRateAsync(Ledger.Run run) => Task.Factory.StartNew(() => SendAtRate(run), TaskCreationOptions.LongRunning);

    private async Task SendShareAsync(Ledger.Run run, int caller, bool isClosed, Latencies? latencies, int skip, int most)
    {
        (int first, int count) = run.ShareOf(caller);
        first += skip;
        count = Math.Min(count - skip, most);
        CreditGate gate = run.GateOf(caller);
        gate.Add(Math.Max(1, options.Window / options.Callers / CreditGate.Chunk));
        for (int i = 0; i < count; i++)
        {
            if (isClosed && i % CreditGate.Chunk == 0)
            {
                await gate.TakeAsync().ConfigureAwait(false);
            }

            long start = Stopwatch.GetTimestamp();
            await target.EnqueueAsync(first + i, start).ConfigureAwait(false);
            latencies?.Record(Stopwatch.GetTimestamp() - start);
            run.HasSent(caller, skip + i + 1);
        }
    }

    /// <summary>Enqueues one that nobody counts.</summary>
    public async Task SendOneAsync() => await target.EnqueueAsync(0, 0).ConfigureAwait(false);

    private void SendAtRate(Ledger.Run run)
    {
        double ticks = (double)Stopwatch.Frequency / options.Rate;
        int count = run.ShareOf(0).Count;
        var underWay = new Queue<Task>();
        Pacer.Begin();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            long due = start + (long)(i * ticks);
            Pacer.WaitUntil(due);
            ValueTask<TaskHandle<NoResult>> enqueueing = target.EnqueueAsync(i, due);
            if (!enqueueing.IsCompletedSuccessfully)
            {
                underWay.Enqueue(enqueueing.AsTask());
            }

            while (underWay.TryPeek(out Task? oldest) && (oldest.IsCompleted || underWay.Count > options.Window))
            {
                underWay.Dequeue().GetAwaiter().GetResult();
            }
        }

        Task.WaitAll(underWay);
    }
}
