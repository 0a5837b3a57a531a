using TypedTasks.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Shared;

namespace TypedTasks.Worker;

/// <summary>
/// One lane of one worker. The duties are separate: the <see cref="LaneReceiver"/> reads the lane, the slots run the <see cref="TaskPipeline"/>, the
/// <see cref="Settler"/> settles, and the <see cref="LaneWatchdog"/> keeps leases and limits. This class is where they meet: the window and its lock.
/// </summary>
internal sealed class LaneWorker : IAsyncDisposable
{
    private readonly WorkerEnvironment _environment;
    private readonly LaneSettings _settings;
    private readonly LaneReceiver _receiver;
    private readonly LaneWatchdog _watchdog;
    private readonly TaskPipeline _pipeline;
    private readonly LaneWindow _window;
    private readonly Stack<WorkerSlot> _idle;
    private readonly HashSet<WorkerSlot> _slots = [];
    private readonly WorkSignal _released;
    private bool _isAborted;

    internal LaneWorker(ILaneConsumer consumer, TaskDispatcher dispatcher, LaneSettings settings, WorkerEnvironment environment, WorkerRecycling? recycling = null)
    {
        _environment = environment;
        _settings = settings;
        Consumer = consumer;
        Telemetry = new AttemptTelemetry(consumer.Lane, environment);
        Progress = new LaneProgress(environment, recycling);
        Threads = environment.Scheduler.CreateThreads(consumer.Lane, settings.Concurrency);
        _window = new LaneWindow(settings);
        _released = new WorkSignal(environment.Scheduler.Queue);
        _idle = new Stack<WorkerSlot>(settings.Concurrency);
        Settler = new Settler(this, settings, environment);
        _watchdog = new LaneWatchdog(this, settings, environment);
        _pipeline = new TaskPipeline(dispatcher, this, _watchdog, environment);
        _receiver = new LaneReceiver(this, settings, environment);
    }

    internal Lane Lane => Consumer.Lane;

    internal ILaneConsumer Consumer { get; }

    internal Settler Settler { get; }

    /// <summary>Guards the window, the idle slots, and what each run is watched for.</summary>
    internal Lock Gate { get; } = new();

    internal LaneWindow Window => _window;

    /// <summary>The lane takes no more tasks, and comes to its end. Guarded by the lock.</summary>
    internal bool IsStopping { get; private set; }

    /// <summary>The grace period is over: what runs was told to stop, and what starts is. Guarded by the lock.</summary>
    internal bool IsStoppingRuns { get; private set; }

    internal LaneSettings Settings => _settings;

    internal AttemptTelemetry Telemetry { get; }

    internal LaneProgress Progress { get; }

    /// <summary>Where handlers run that compute; null where they run as all others do.</summary>
    internal IHandlerThreads? Threads { get; }

    /// <summary>Deliveries whose attempt runs or is being settled. Read without the lock: a glance.</summary>
    internal int InFlight => Math.Max(0, _window.HeldCount - _window.WaitingCount);

    /// <summary>Deliveries in hand that wait for a slot. Read without the lock: a glance.</summary>
    internal int Waiting => _window.WaitingCount;

    internal void Start()
    {
        for (int i = 0; i < _settings.Concurrency; i++)
        {
            AddSlot().Start();
        }

        Settler.Start();
        _receiver.Start();
    }

    /// <summary>Gives a slot its next delivery, or null when the lane has stopped, and has settled the one that the slot has <paramref name="done"/>, if any.</summary>
    internal ValueTask<HeldDelivery?> TakeAsync(WorkerSlot slot, HeldDelivery? done)
    {
        lock (Gate)
        {
            if (done is not null)
            {
                Settler.Add(done);
            }

            if (IsStopping)
            {
                return new ValueTask<HeldDelivery?>((HeldDelivery?)null);
            }

            if (_window.TryDequeue(out HeldDelivery? held))
            {
                if (_window.Credit > 0)
                {
                    _receiver.CreditGrew();
                }

                return new ValueTask<HeldDelivery?>(held);
            }

            _idle.Push(slot);
            return slot.BeginWait();
        }
    }

    internal ValueTask<HeldDelivery?> RunAsync(HeldDelivery held, TaskRun run) => _pipeline.RunAsync(held, run);

    /// <summary>Takes deliveries from the receiver: to idle slots at once, the others wait in order.</summary>
    internal void Accept(ReadOnlySpan<Delivery> deliveries)
    {
        lock (Gate)
        {
            long now = _environment.Time.GetTimestamp();
            foreach (Delivery delivery in deliveries)
            {
                HeldDelivery held = _window.Add(delivery, now);
                if (IsStopping)
                {
                    Settler.Release(held);
                }
                else if (_idle.TryPop(out WorkerSlot? slot))
                {
                    slot.Give(held);
                }
                else
                {
                    _window.Enqueue(held);
                }
            }

            _watchdog.Arm();
        }
    }

    /// <summary>Lets go of settled deliveries, which makes room for others.</summary>
    internal void Remove(ReadOnlySpan<HeldDelivery> settled)
    {
        lock (Gate)
        {
            int attempts = 0;
            int handedBack = 0;
            foreach (HeldDelivery held in settled)
            {
                bool isHandedBack = held.Settlement.Kind == SettlementKind.Release;
                handedBack += isHandedBack ? 1 : 0;
                attempts += isHandedBack || held.Settlement.Uncounted ? 0 : 1;
                _window.Remove(held, reuse: held.Run is not { IsAbandoned: true });
            }

            Progress.Add(settled.Length, handedBack, attempts);

            if (IsStopping)
            {
                _released.Set();
            }
            else if (_window.Credit > 0)
            {
                _receiver.CreditGrew();
            }
        }
    }

    /// <summary>Gives up a run that did not stop when it was told to, and puts a fresh slot in the place of its own. Called under the lock.</summary>
    internal void Abandon(TaskRun abandoned)
    {
        _pipeline.Abandon(abandoned);
        _slots.RemoveWhere(slot => ReferenceEquals(slot.Run, abandoned));
        if (!IsStopping)
        {
            AddSlot().StartSoon();
        }
    }

    /// <summary>Tells the attempt of a task to stop, if it runs here, because somebody cancelled it.</summary>
    internal void Cancel(TaskId id)
    {
        lock (Gate)
        {
            foreach (HeldDelivery held in _window.Held)
            {
                if (held.Run is { IsAbandoned: false } run && run.Envelope.Id == id)
                {
                    _watchdog.StopRun(run, StopReason.Cancelled);
                }
            }
        }
    }

    /// <summary>
    /// Takes no more tasks, hands back what has not started, lets running handlers finish until <paramref name="grace"/> fires, then tells them to stop,
    /// and hands back what does not.
    /// </summary>
    internal async Task StopAsync(CancellationToken grace)
    {
        lock (Gate)
        {
            if (IsStopping)
            {
                return;
            }

            IsStopping = true;
            Settler.Resume();
            while (_idle.TryPop(out WorkerSlot? slot))
            {
                slot.Give(null);
            }
        }

        // Handed back only when nothing is asked for any more: it could be delivered to this very worker again.
        await _receiver.StopAsync().ConfigureAwait(false);
        lock (Gate)
        {
            while (_window.TryDequeue(out HeldDelivery? waiting))
            {
                Settler.Release(waiting!);
            }
        }

        using (grace.UnsafeRegister(static state => ((LaneWorker)state!).StopRuns(), this))
        {
            while (!IsDrained())
            {
                await _released.WaitAsync().ConfigureAwait(false);
            }
        }

        await Settler.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Gives up settling: what is not settled by now is delivered again when its lease ends.</summary>
    internal void Abort()
    {
        Settler.Abort();
        lock (Gate)
        {
            _isAborted = true;
            _released.Set();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Without a stop before it, nothing is settled any more.
        Settler.Abort();
        Settler.Dispose();
        _watchdog.Dispose();
        Threads?.Dispose();
        await Consumer.DisposeAsync().ConfigureAwait(false);
    }

    private void StopRuns()
    {
        lock (Gate)
        {
            IsStoppingRuns = true;
            foreach (HeldDelivery held in _window.Held)
            {
                if (held.Run is { } run)
                {
                    _watchdog.StopRun(run, StopReason.Shutdown);
                }
            }
        }
    }

    private bool IsDrained()
    {
        lock (Gate)
        {
            return _isAborted || _window.HeldCount == 0;
        }
    }

    private WorkerSlot AddSlot()
    {
        var run = new TaskRun(_environment);
        var slot = new WorkerSlot(this, run, _environment.Scheduler);
        _slots.Add(slot);
        return slot;
    }
}
