using TypedTasks.Engine;
using TypedTasks.Shared;

namespace TypedTasks.Worker;

/// <summary>
/// Lets settlements gather for a moment where each sending costs a broker, as long as nobody waits for them: at a moderate rate most of a broker's work
/// would be acknowledgements one by one. What keeps an outcome, ends badly or is short of room goes at once.
/// </summary>
/// <remarks>Every member is called under the lane's lock, but for the timer's own call. Allocates nothing after its construction.</remarks>
internal sealed class SettlePause : IDisposable
{
    private const int Enough = 64;

    private readonly LaneWorker _lane;
    private readonly TimeSpan _length;
    private readonly int _room;
    private readonly ITimer? _timer;
    private readonly WorkSignal _over;
    private bool _isOn;

    /// <param name="lane">The lane, whose lock guards this.</param>
    /// <param name="window">How many deliveries the lane holds at most.</param>
    /// <param name="time">The worker's time.</param>
    /// <param name="over">Is set when the pause is over, by time or because something is urgent.</param>
    internal SettlePause(LaneWorker lane, int window, TimeProvider time, WorkSignal over)
    {
        _lane = lane;
        _length = lane.Consumer.SettlePause;
        _room = window / 2;
        _over = over;
        if (_length > TimeSpan.Zero)
        {
            _timer = time.CreateTimer(static self => ((SettlePause)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Begins a pause; the signal ends it.</summary>
    /// <returns>Whether there is one: not where what is pending is urgent.</returns>
    internal bool TryBegin(Queue<HeldDelivery> pending)
    {
        if (_timer is null || pending.Count == 0 || pending.Count >= Enough || _lane.Window.HeldCount > _room)
        {
            return false;
        }

        foreach (HeldDelivery held in pending)
        {
            if (IsUrgent(in held.Settlement))
            {
                return false;
            }
        }

        _isOn = true;
        _timer.Change(_length, Timeout.InfiniteTimeSpan);
        return true;
    }

    /// <summary>Whether the loop is to be woken for a settlement that was just added: always, but for one that may wait while others do.</summary>
    internal bool Wakes(int pending, in Settlement settlement) => !_isOn || pending >= Enough || _lane.Window.HeldCount > _room || IsUrgent(in settlement);

    /// <summary>The loop takes what has gathered.</summary>
    internal void End() => _isOn = false;

    public void Dispose() => _timer?.Dispose();

    private static bool IsUrgent(in Settlement settlement) => settlement.Kind != SettlementKind.Complete || settlement.KeepOutcome > TimeSpan.Zero;

    private void OnTimer()
    {
        lock (_lane.Gate)
        {
            // A late call may end a pause that began since: that one is short.
            if (_isOn)
            {
                _over.Set();
            }
        }
    }
}
