using TypedTasks.Engine;
using TypedTasks.Shared;

namespace TypedTasks.Worker;

/// <summary>Reads a lane: asks for as many deliveries as the window has room for, and hands them to the lane.</summary>
internal sealed class LaneReceiver(LaneWorker lane, LaneSettings settings, WorkerEnvironment environment)
{
    private readonly Delivery[] _deliveries = new Delivery[settings.Window];
    private readonly WorkSignal _creditGrew = new(environment.Scheduler.Queue);
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    internal void Start() => _loop = LoopAsync();

    /// <summary>There is room for more. Called under the lane's lock.</summary>
    internal void CreditGrew() => _creditGrew.SetLocked();

    /// <summary>Ends the reading; what the engine fetched ahead is released by it. Stopping twice is harmless.</summary>
    internal async Task StopAsync()
    {
        _stopping.Cancel();
        _creditGrew.Set();
        try
        {
            await lane.Consumer.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            WorkerLog.StopFailed(environment.Logger, lane.Lane, failure);
        }

        await _loop.ConfigureAwait(false);
    }

    private async Task LoopAsync()
    {
        int failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            int credit = Credit();
            if (credit == 0)
            {
                await _creditGrew.WaitAsync().ConfigureAwait(false);
                continue;
            }

            try
            {
                int count = await lane.Consumer.ReceiveAsync(_deliveries.AsMemory(0, credit), CancellationToken.None).ConfigureAwait(false);
                if (count == 0)
                {
                    return;
                }

                failures = 0;
                lane.Accept(_deliveries.AsSpan(0, count));
                Array.Clear(_deliveries, 0, count);
            }
            catch (Exception failure)
            {
                // Whatever it is, a worker that is alive and takes nothing is the worst of ends: say it, wait, and try again.
                WorkerLog.ReceiveFailed(environment.Logger, lane.Lane, ++failures, failure);
                await EngineRetry.PauseAsync(failures, environment, _stopping.Token).ConfigureAwait(false);
            }
        }
    }

    private int Credit()
    {
        lock (lane.Gate)
        {
            return lane.Window.Credit;
        }
    }
}
