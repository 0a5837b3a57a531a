using System.Runtime.CompilerServices;
using TypedTasks.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Shared;

namespace TypedTasks.Worker;

/// <summary>
/// Settles: a duty of its own, apart from running. Collects what slots decide, sends it in batches, and tries again when the engine does not answer;
/// user code is never run again because of it, for the lease is kept until the settlement is known.
/// </summary>
internal sealed class Settler : IDisposable
{
    private const int MaxBatch = 256;

    private readonly LaneWorker _lane;
    private readonly WorkerEnvironment _environment;
    private readonly Queue<HeldDelivery> _pending = new();
    private readonly HeldDelivery[] _batch;
    private readonly Settlement[] _settlements;
    private readonly SettleStatus[] _statuses;
    private readonly CancellationTokenSource _aborted = new();
    private readonly WorkSignal _added;
    private readonly SettlePause _pause;
    private readonly SettleTelemetry _telemetry;
    private Task _loop = Task.CompletedTask;
    private bool _isStopped;

    internal Settler(LaneWorker lane, LaneSettings settings, WorkerEnvironment environment)
    {
        _lane = lane;
        _environment = environment;
        int most = Math.Min(settings.Window, MaxBatch);
        _batch = new HeldDelivery[most];
        _settlements = new Settlement[most];
        _statuses = new SettleStatus[most];
        _added = new WorkSignal(environment.Scheduler.Queue);
        _pause = new SettlePause(lane, settings.Window, environment.Time, _added);
        _telemetry = new SettleTelemetry(lane.Lane, environment);
    }

    internal Lane Lane => _lane.Lane;

    /// <summary>Settles a delivery as its <see cref="HeldDelivery.Settlement"/> says, soon. Called under the lane's lock.</summary>
    internal void Add(HeldDelivery held)
    {
        _pending.Enqueue(held);
        if (_pause.Wakes(_pending.Count, in held.Settlement))
        {
            _added.SetLocked();
        }
    }

    /// <summary>Hands a delivery back that has not started. Called under the lane's lock.</summary>
    internal void Release(HeldDelivery held)
    {
        held.Settlement = new Settlement { Delivery = held.Delivery, Kind = SettlementKind.Release };
        Add(held);
    }

    /// <summary>Goes on with deliveries that had to wait, for their renewal or for others to settle with. Called under the lane's lock.</summary>
    internal void Resume()
    {
        if (_pending.Count > 0)
        {
            _added.SetLocked();
        }
    }

    /// <summary>Fires when what is not settled yet is given up.</summary>
    internal CancellationToken Aborted => _aborted.Token;

    /// <summary>Gives up what is not settled yet.</summary>
    internal void Abort() => _aborted.Cancel();

    public void Dispose() => _pause.Dispose();

    internal void Start() => _loop = LoopAsync();

    /// <summary>Ends the loop when there is nothing left to settle.</summary>
    internal Task StopAsync()
    {
        lock (_lane.Gate)
        {
            _isStopped = true;
            _added.Set();
        }

        return _loop;
    }

    private async Task LoopAsync()
    {
        while (!_aborted.IsCancellationRequested)
        {
            if (TakeBatch() is int count and > 0)
            {
                await SettleAsync(count).ConfigureAwait(false);
            }
            else if (IsDone())
            {
                return;
            }
            else
            {
                await _added.WaitAsync().ConfigureAwait(false);
                if (TryPause())
                {
                    await _added.WaitAsync().ConfigureAwait(false);
                }
            }
        }
    }

    private bool TryPause()
    {
        lock (_lane.Gate)
        {
            if (_lane.IsStopping || !_pause.TryBegin(_pending))
            {
                return false;
            }

            // What was added since the wake-up is among what waits.
            _added.Clear();
            return true;
        }
    }

    /// <summary>Settles a batch, however often it takes, unless the worker gives up.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SettleAsync(int count)
    {
        int failures = 0;
        while (!await TrySettleAsync(count).ConfigureAwait(false))
        {
            // Between two tries the leases are renewed, so the deliveries must not be busy, nor be taken back while they are renewed.
            EndBusy(count);
            do
            {
                if (!await EngineRetry.PauseAsync(++failures, _environment, _aborted.Token).ConfigureAwait(false))
                {
                    return;
                }
            }
            while (!TryBeginBusy(count));
        }

        Finish(count);
    }

    private bool IsDone()
    {
        lock (_lane.Gate)
        {
            return _isStopped && _pending.Count == 0;
        }
    }

    private int TakeBatch()
    {
        lock (_lane.Gate)
        {
            _pause.End();
            int count = 0;
            for (int waiting = _pending.Count; waiting > 0 && count < _batch.Length; waiting--)
            {
                HeldDelivery held = _pending.Dequeue();
                if (held.IsBusy)
                {
                    // Under renewal: the watchdog resumes us.
                    _pending.Enqueue(held);
                    continue;
                }

                held.IsBusy = true;
                _batch[count] = held;
                _settlements[count++] = held.Settlement;
            }

            return count;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> TrySettleAsync(int count)
    {
        SettleTelemetry.Batch observed = _telemetry.Begin(_batch.AsSpan(0, count));
        Exception? failed = null;
        try
        {
            await _lane.Consumer.SettleAsync(_settlements.AsMemory(0, count), _statuses.AsMemory(0, count), _aborted.Token).ConfigureAwait(false);
            ReportLost(count, observed);
            ForgetCancellations(count);
            return true;
        }
        catch (OperationCanceledException failure) when (_aborted.IsCancellationRequested)
        {
            failed = failure;
            return false;
        }
        catch (Exception failure)
        {
            // Whatever it is, the settlement is still owed.
            WorkerLog.SettleFailed(_environment.Logger, _lane.Lane, count, failure);
            failed = failure;
            return false;
        }
        finally
        {
            _telemetry.End(observed, failed);
        }
    }

    private void ReportLost(int count, SettleTelemetry.Batch observed)
    {
        for (int i = 0; i < count; i++)
        {
            if (_statuses[i] == SettleStatus.LeaseLost && !_batch[i].IsLost)
            {
                WorkerLog.LeaseLostAtSettling(_environment.Logger, _lane.Lane, _settlements[i].Id);
                _telemetry.LeaseLost(observed, _settlements[i].Id);
            }
        }
    }

    private void ForgetCancellations(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_statuses[i] == SettleStatus.Done && _settlements[i].Kind is SettlementKind.Complete or SettlementKind.DeadLetter)
            {
                _environment.Cancellations.Ended(_settlements[i].Id);
            }
        }
    }

    private void Finish(int count)
    {
        _lane.Remove(_batch.AsSpan(0, count));
        Array.Clear(_batch, 0, count);
        Array.Clear(_settlements, 0, count);
    }

    private void EndBusy(int count)
    {
        lock (_lane.Gate)
        {
            for (int i = 0; i < count; i++)
            {
                _batch[i].IsBusy = false;
            }
        }
    }

    private bool TryBeginBusy(int count)
    {
        lock (_lane.Gate)
        {
            for (int i = 0; i < count; i++)
            {
                if (_batch[i].IsBusy)
                {
                    return false;
                }
            }

            for (int i = 0; i < count; i++)
            {
                _batch[i].IsBusy = true;
            }

            return true;
        }
    }
}
