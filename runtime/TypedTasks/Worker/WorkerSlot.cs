using System.Threading.Tasks.Sources;
using TypedTasks.Diagnostics;

namespace TypedTasks.Worker;

/// <summary>
/// A place to run one handler at a time: a loop that takes a delivery, runs it, and takes the next. As many as the lane's concurrency.
/// Waiting for a delivery allocates nothing: the slot is its own awaitable and its own work item.
/// </summary>
internal sealed class WorkerSlot : IValueTaskSource<HeldDelivery?>, IThreadPoolWorkItem
{
    private readonly LaneWorker _lane;
    private readonly IWorkScheduler _scheduler;
    private ManualResetValueTaskSourceCore<HeldDelivery?> _source;
    private HeldDelivery? _next;
    private bool _isStarted;

    internal WorkerSlot(LaneWorker lane, TaskRun run, IWorkScheduler scheduler)
    {
        _lane = lane;
        _scheduler = scheduler;
        Run = run;
    }

    internal TaskRun Run { get; }

    internal Task Completion { get; private set; } = Task.CompletedTask;

    internal void Start()
    {
        _isStarted = true;
        Completion = LoopAsync();
    }

    /// <summary>Starts it on the scheduler: for whoever holds the lane's lock, under which no handler may run.</summary>
    internal void StartSoon() => _scheduler.Queue(this);

    /// <summary>Makes the slot wait. Called under the lane's lock.</summary>
    internal ValueTask<HeldDelivery?> BeginWait()
    {
        _source.Reset();
        return new ValueTask<HeldDelivery?>(this, _source.Version);
    }

    /// <summary>Gives the waiting slot a delivery, or null to end it. The slot goes on on the scheduler.</summary>
    internal void Give(HeldDelivery? held)
    {
        _next = held;
        _scheduler.Queue(this);
    }

    private async Task LoopAsync()
    {
        CurrentTask.Enter(Run);
        HeldDelivery? done = null;
        while (await _lane.TakeAsync(this, done).ConfigureAwait(false) is { } held)
        {
            done = await _lane.RunAsync(held, Run).ConfigureAwait(false);
            if (done is null)
            {
                // Another slot took this one's place when its handler was given up.
                return;
            }
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_isStarted)
        {
            _source.SetResult(_next);
        }
        else
        {
            Start();
        }
    }

    HeldDelivery? IValueTaskSource<HeldDelivery?>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<HeldDelivery?>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<HeldDelivery?>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
