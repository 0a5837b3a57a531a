using System.Diagnostics;

namespace TypedTasks.Load.Raw;

/// <summary>
/// What the wire alone can do: frames made beforehand, of which only the ids are counted on, over a bare socket, in the same lane of the same server, with as
/// many under way as the callers have. No codec, no objects, no scheduling; blocking reads on one thread a role.
/// </summary>
internal abstract class RawWire : IDisposable
{
    /// <summary>Tasks between what a raw producer and a raw worker tell each other.</summary>
    private const int Chunk = 64;

    /// <summary>How long a raw run may stand still before it is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Where tasks are published, and their answers come.</summary>
    protected abstract RawSocket Publishing { get; }

    /// <summary>Writes the next task, which is not sent yet.</summary>
    protected abstract void WriteTask();

    /// <summary>Reads what comes next; waits for it. Returns how many tasks it accepts.</summary>
    protected abstract int ReadAnswer();

    /// <summary>The shortest round trip that the wire has, one after the other.</summary>
    protected abstract void RoundTrips(int count);

    /// <summary>Takes tasks out of the lane and settles them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="credit">How many may be in hand at once.</param>
    /// <param name="taken">Called when so many more have come.</param>
    /// <param name="settled">Called when so many more were settled.</param>
    protected abstract void Consume(int count, int credit, Action<int> taken, Action<int> settled);

    /// <summary>Takes the one task that waits in the lane and has its bytes sent from now on.</summary>
    public abstract void LearnFrame();

    /// <summary>Measures the wire in the run's own mode, after a warm-up.</summary>
    public RawFigures Measure(LoadOptions options)
    {
        Run(options, options.WarmUpTasks);
        return Run(options, options.Tasks);
    }

    public abstract void Dispose();

    /// <summary>Publishes, with so many unanswered at once.</summary>
    /// <param name="count">How many.</param>
    /// <param name="window">How many wait for their answer at most.</param>
    /// <param name="progress">Called before so many more are sent; may block.</param>
    protected void Publish(int count, int window, Action<int> progress)
    {
        for (int sent = 0, answered = 0; answered < count;)
        {
            int more = Math.Min(window - (sent - answered), count - sent);
            if (more > 0)
            {
                progress(more);
            }

            for (int i = 0; i < more; i++)
            {
                WriteTask();
            }

            sent += more;
            Publishing.Flush();
            do
            {
                answered += ReadAnswer();
            }
            while (Publishing.HasMore);
        }
    }

    private RawFigures Run(LoadOptions options, int count)
    {
        int credit = options.Concurrency + options.Prefetch;
        switch (options.Mode)
        {
            case LoadMode.Enqueue when options.Callers == 1:
                return RateOf(count, () => RoundTrips(count));
            case LoadMode.Enqueue:
                RawFigures published = RateOf(count, () => Publish(count, options.Callers, Nothing));
                Consume(count, credit, Nothing, Nothing);
                return published;
            case LoadMode.Consume:
                Publish(count, 256, Nothing);
                return RateOf(count, () => Consume(count, credit, Nothing, Nothing));
            case LoadMode.EndToEnd:
                return RateOf(count, () => PublishAndConsume(options, count, credit));
            default:
                return new RawFigures(null, LatenciesAt(options.Rate, count, credit));
        }
    }

    /// <summary>The same open loop as the run's: a task's time runs from when it was due until it is taken out of the lane. The lane keeps the order.</summary>
    private Latencies LatenciesAt(int rate, int count, int credit)
    {
        double ticks = (double)Stopwatch.Frequency / rate;
        long start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        var latencies = new Latencies();
        int taken = 0;
        Task consuming = Task.Factory.StartNew(() => Consume(count, credit, Take, Nothing), TaskCreationOptions.LongRunning);
        Pacer.Begin();
        int answered = 0;
        for (int i = 0; i < count; i++)
        {
            Pacer.WaitUntil(DueOf(i));
            WriteTask();
            Publishing.Flush();
            while (Publishing.HasReceived)
            {
                answered += ReadAnswer();
            }
        }

        while (answered < count)
        {
            answered += ReadAnswer();
        }

        consuming.GetAwaiter().GetResult();
        return latencies;

        long DueOf(int task) => start + (long)(task * ticks);

        void Take(int more)
        {
            long now = Stopwatch.GetTimestamp();
            for (; more > 0; more--)
            {
                latencies.Record(now - DueOf(taken++));
            }
        }
    }

    private void PublishAndConsume(LoadOptions options, int count, int credit)
    {
        using var room = new SemaphoreSlim(Math.Max(1, options.Window / Chunk));
        Task consuming = Task.Factory.StartNew(() => Consume(count, credit, Nothing, Chunks(chunks => room.Release(chunks))), TaskCreationOptions.LongRunning);
        Publish(count, Math.Min(options.Callers, options.Window), Chunks(chunks =>
        {
            for (; chunks > 0; chunks--)
            {
                if (!room.Wait(2 * Patience))
                {
                    throw new BenchException("The raw worker stood still.");
                }
            }
        }));
        consuming.GetAwaiter().GetResult();
    }

    private static Action<int> Chunks(Action<int> each)
    {
        int some = 0;
        return more =>
        {
            some += more;
            if (some >= Chunk)
            {
                each(some / Chunk);
                some %= Chunk;
            }
        };
    }

    private static RawFigures RateOf(int count, Action run)
    {
        long start = Stopwatch.GetTimestamp();
        run();
        return new RawFigures(count / Stopwatch.GetElapsedTime(start).TotalSeconds, null);
    }

    /// <summary>For those who need not be told.</summary>
    protected static void Nothing(int count)
    {
    }
}

/// <summary>What the wire came to.</summary>
/// <param name="TasksPerSecond">How many it carried; null where a rate was given.</param>
/// <param name="Latencies">How long each took; null where no rate was given.</param>
internal readonly record struct RawFigures(double? TasksPerSecond, Latencies? Latencies);
