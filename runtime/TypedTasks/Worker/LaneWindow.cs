using TypedTasks.Engine;

namespace TypedTasks.Worker;

/// <summary>
/// The deliveries of one lane that this worker holds: those that wait, in order, and those that run or are being settled. Bounded by the lane's window:
/// what is not free is not asked for.
/// </summary>
/// <remarks>Not thread-safe by itself: every member is called under the lane's lock.</remarks>
internal sealed class LaneWindow
{
    private readonly int _prefetch;
    private readonly HeldDelivery[] _held;
    private readonly HeldDelivery[] _waiting;
    private readonly Stack<HeldDelivery> _pool;
    private int _first;

    internal LaneWindow(LaneSettings settings)
    {
        _prefetch = settings.Prefetch;
        _held = new HeldDelivery[settings.Window];
        _waiting = new HeldDelivery[settings.Window];
        _pool = new Stack<HeldDelivery>(settings.Window);
    }

    /// <summary>Every delivery in hand.</summary>
    internal ReadOnlySpan<HeldDelivery> Held => _held.AsSpan(0, HeldCount);

    internal int HeldCount { get; private set; }

    internal int WaitingCount { get; private set; }

    /// <summary>
    /// How many deliveries to ask for now. Zero while the window is full, and while a small refill is not worth its round trip:
    /// with a prefetch, half of it must be free, unless nothing waits.
    /// </summary>
    internal int Credit
    {
        get
        {
            int free = _held.Length - HeldCount;
            return free > 0 && (WaitingCount == 0 || free >= (_prefetch + 1) / 2) ? free : 0;
        }
    }

    internal HeldDelivery Add(Delivery delivery, long now)
    {
        if (!_pool.TryPop(out HeldDelivery? held))
        {
            held = new HeldDelivery();
        }

        held.Delivery = delivery;
        held.RenewedAt = now;
        held.Index = HeldCount;
        _held[HeldCount++] = held;
        return held;
    }

    internal void Enqueue(HeldDelivery held)
    {
        int last = _first + WaitingCount;
        _waiting[last < _waiting.Length ? last : last - _waiting.Length] = held;
        WaitingCount++;
    }

    internal bool TryDequeue(out HeldDelivery? held)
    {
        if (WaitingCount == 0)
        {
            held = null;
            return false;
        }

        held = _waiting[_first];
        _waiting[_first] = null!;
        _first = _first + 1 < _waiting.Length ? _first + 1 : 0;
        WaitingCount--;
        return true;
    }

    /// <summary>Lets go of a delivery. One that a handler which was given up may still write to is not used again.</summary>
    internal void Remove(HeldDelivery held, bool reuse = true)
    {
        HeldDelivery last = _held[--HeldCount];
        _held[held.Index] = last;
        last.Index = held.Index;
        _held[HeldCount] = null!;
        if (reuse)
        {
            held.Clear();
            _pool.Push(held);
        }
    }
}
