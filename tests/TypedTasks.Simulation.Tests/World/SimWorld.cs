using System.Numerics;
using TypedTasks.Simulation.Checks;

namespace TypedTasks.Simulation.World;

/// <summary>
/// A world with one thread, one clock and one source of randomness: everything that happens is an event in its queue, and events that are due at the
/// same instant happen in an order that the seed decides. The same seed gives the same world, and whatever comes to it from another thread is refused, and
/// fails the run with its stack: a world with two threads is not the same twice.
/// </summary>
internal sealed class SimWorld(int seed)
{
    /// <summary>Where the clock starts: any fixed instant.</summary>
    internal static readonly DateTimeOffset Epoch = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Event, (long At, int Tie)> _events = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Random _random = new(seed);
    private InvariantException? _escape;
    private ulong _trace;
    private long _now;

    internal Random Random
    {
        get
        {
            RequireOwnThread();
            return _random;
        }
    }

    /// <summary>Ticks since <see cref="Epoch"/>.</summary>
    internal long Now
    {
        get
        {
            RequireOwnThread();
            return _now;
        }
    }

    internal DateTimeOffset UtcNow => Epoch.AddTicks(Now);

    internal long Steps { get; private set; }

    /// <summary>A hash of all that happened, when and in what order.</summary>
    internal ulong Trace => _trace;

    /// <summary>Makes something happen after <paramref name="delay"/>. What belongs to a process waits while that is paused, and never happens once it has crashed.</summary>
    internal Event Schedule(TimeSpan delay, Action action, SimProcess? owner = null)
    {
        RequireOwnThread();
        var scheduled = new Event(action, owner);
        _events.Enqueue(scheduled, (_now + Math.Max(0, delay.Ticks), _random.Next()));
        return scheduled;
    }

    /// <summary>Lets the next event happen; returns false when there is none.</summary>
    /// <exception cref="InvariantException">Something came to the world from another thread.</exception>
    internal bool Step()
    {
        ThrowIfEscaped();
        while (_events.TryDequeue(out Event? next, out (long At, int Tie) due))
        {
            if (next.IsCancelled || next.Owner is { IsCrashed: true })
            {
                continue;
            }

            _now = Math.Max(_now, due.At);
            if (next.Owner is { } owner && owner.PausedUntil > _now)
            {
                _events.Enqueue(next, (owner.PausedUntil, due.Tie));
                continue;
            }

            Steps++;
            _trace = BitOperations.RotateLeft((_trace ^ (ulong)_now) * 0x9E3779B97F4A7C15, 23) + (uint)due.Tie;
            next.Action();
            return true;
        }

        return false;
    }

    /// <summary>True once in a while: with a probability of <paramref name="share"/>.</summary>
    internal bool Chance(double share) => share > 0 && Random.NextDouble() < share;

    /// <summary>A delay between nothing and <paramref name="most"/>, mostly short.</summary>
    internal TimeSpan SomeDelay(TimeSpan most)
    {
        double share = Random.NextDouble();
        return TimeSpan.FromTicks((long)(most.Ticks * share * share * share));
    }

    /// <exception cref="InvariantException">Something came to the world from another thread.</exception>
    internal void ThrowIfEscaped()
    {
        if (Volatile.Read(ref _escape) is { } escape)
        {
            throw escape;
        }
    }

    private void RequireOwnThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            // Whoever escaped may catch this; the next step throws it again.
            var escape = new InvariantException($"Something left the world's thread:{Environment.NewLine}{Environment.StackTrace}");
            Interlocked.CompareExchange(ref _escape, escape, null);
            throw escape;
        }
    }

    internal sealed class Event(Action action, SimProcess? owner)
    {
        internal Action Action => action;

        internal SimProcess? Owner => owner;

        internal bool IsCancelled { get; set; }
    }
}
