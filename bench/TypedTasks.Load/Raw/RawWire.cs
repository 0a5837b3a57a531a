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

    /// <summary>Publishes, with so many unanswered at once.</summary>
    /// <param name="count">How many.</param>
    /// <param name="window">How many wait for their answer at most.</param>
    /// <param name="progress">Called before so many more are sent; may block.</param>
    protected abstract void Publish(int count, int window, Action<int> progress);

    /// <summary>The shortest round trip that the wire has, one after the other.</summary>
    protected abstract void RoundTrips(int count);

    /// <summary>Takes tasks out of the lane and settles them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="credit">How many may be in hand at once.</param>
    /// <param name="progress">Called when so many more were settled.</param>
    protected abstract void Consume(int count, int credit, Action<int> progress);

    /// <summary>Takes the one task that waits in the lane and has its bytes sent from now on.</summary>
    public abstract void LearnFrame();

    /// <summary>Tasks a second, in the run's own mode; null where that is not what the mode is about.</summary>
    public double? Measure(LoadOptions options)
    {
        Run(options, options.WarmUpTasks);
        return Run(options, options.Tasks);
    }

    public abstract void Dispose();

    private double? Run(LoadOptions options, int count)
    {
        int credit = options.Concurrency + options.Prefetch;
        switch (options.Mode)
        {
            case LoadMode.Enqueue when options.Callers == 1:
                return RateOf(count, () => RoundTrips(count));
            case LoadMode.Enqueue:
                double published = RateOf(count, () => Publish(count, options.Callers, static _ => { }));
                Consume(count, credit, static _ => { });
                return published;
            case LoadMode.Consume:
                Publish(count, 256, static _ => { });
                return RateOf(count, () => Consume(count, credit, static _ => { }));
            case LoadMode.EndToEnd:
                return RateOf(count, () => PublishAndConsume(options, count, credit));
            default:
                return null;
        }
    }

    private void PublishAndConsume(LoadOptions options, int count, int credit)
    {
        using var room = new SemaphoreSlim(Math.Max(1, options.Window / Chunk));
        Task consuming = Task.Factory.StartNew(() => Consume(count, credit, Chunks(chunks => room.Release(chunks))), TaskCreationOptions.LongRunning);
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

    private static double RateOf(int count, Action run)
    {
        long start = Stopwatch.GetTimestamp();
        run();
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
