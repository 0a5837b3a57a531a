using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.Simulation.Checks;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation.Broker;

/// <summary>
/// A model of a broker, as plain as can be: lists of tasks, changed one request at a time. It fences, as every engine must; it can be full, and it can die
/// and come back having forgotten that some tasks were settled, as a NATS server killed after its acknowledgements does.
/// </summary>
internal sealed class SimBroker(SimWorld world, Ledger ledger, Breakage breakage)
{
    private readonly Dictionary<TaskId, SimTask> _tasks = [];
    private readonly List<SimTask> _order = [];
    private readonly List<SimSubscription> _subscribers = [];

    internal static EngineLimits Limits { get; } = new(64 * 1024, 16 * 1024);

    /// <summary>What its clients believe it takes.</summary>
    internal EngineLimits SaidLimits => breakage == Breakage.SaysItTakesMore ? new(Limits.MaxEnvelopeLength, Limits.MaxOutcomeLength * 2) : Limits;

    internal TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    internal int Capacity { get; set; } = int.MaxValue;

    /// <summary>How often it is full of others' tasks.</summary>
    internal double Crowd { get; set; }

    internal TimeSpan SettlePause { get; init; }

    internal IReadOnlyList<SimTask> Tasks => _order;

    internal bool WritesForTheStopped => breakage == Breakage.WritesForTheStopped;

    internal StopLaws Stops => ledger.Stops;

    internal SimState State { get; } = new(world, ledger, breakage);

    /// <summary>Called when a task may have become deliverable.</summary>
    internal event Action? Changed;

    /// <summary>Takes a task; returns null when there is no room for it.</summary>
    internal PublishStatus? Publish(TaskAddress address, byte[] envelope)
    {
        if (_tasks.ContainsKey(address.Id) && !(breakage == Breakage.AcceptsStepsTwice && CanvasSabotage.IsStep(envelope)))
        {
            return PublishStatus.Duplicate;
        }

        if (breakage == Breakage.LosesSteps && CanvasSabotage.IsStep(envelope) && world.Chance(0.2))
        {
            return PublishStatus.Accepted;
        }

        if (!address.Follows && world.Chance(Crowd))
        {
            return null;
        }

        if (!address.Follows && Capacity != int.MaxValue && _order.Count(task => !task.HasEnded) >= Capacity)
        {
            return null;
        }

        long notBefore = Math.Max(0, (address.NotBefore - SimWorld.Epoch).Ticks);
        if (address.NotBefore == DateTimeOffset.MinValue)
        {
            notBefore = 0;
        }

        EnvelopeView view = EnvelopeView.Read(envelope);
        var task = new SimTask(address.Id, address.Lane, envelope, notBefore, TimeOf(view.Expires), TimeOf(view.Deadline));
        _tasks[address.Id] = task;
        _order.Add(task);
        ledger.Accepted(task);
        Wake(task);
        return PublishStatus.Accepted;
    }

    /// <summary>What a client sends for a task that it is to enqueue.</summary>
    internal (TaskAddress Address, byte[] Envelope) Sent(TaskAddress address, byte[] envelope) => breakage == Breakage.RenamesSteps && CanvasSabotage.IsStep(envelope)
        ? CanvasSabotage.Renamed(address, envelope, address.Id.Derive((byte)'r', (int)world.Steps))
        : (address, envelope);

    internal List<Delivery> Receive(Lane lane, int credit, SimProcess process)
    {
        var deliveries = new List<Delivery>();
        while (deliveries.Count < credit && NextReady(lane) is { } task)
        {
            task.Attempts = breakage == Breakage.ForgetsAttempts ? 1 : task.Attempts + 1;
            task.State = TaskState.Running;
            task.Holder = new SimDelivery(task, task.Attempts, ++task.Fence, process);
            task.LeaseUntil = world.Now + Lease.Ticks;
            ExpireLater(task, task.Holder);
            ledger.Delivered(task.Holder);
            deliveries.Add(task.Holder);
            if (breakage == Breakage.ContinuesEarly && CanvasSabotage.NextOf(task) is { } next)
            {
                Publish(next.Address, next.Envelope);
            }
        }

        return deliveries;
    }

    internal SettleStatus Renew(SimDelivery delivery)
    {
        SimTask task = delivery.Task;
        if (!ReferenceEquals(task.Holder, delivery))
        {
            return SettleStatus.LeaseLost;
        }

        task.LeaseUntil = world.Now + Lease.Ticks;
        return SettleStatus.Done;
    }

    internal SettleStatus Settle(in Settlement settlement, byte[] outcome)
    {
        var delivery = (SimDelivery)settlement.Delivery;
        SimTask task = delivery.Task;
        bool mayWrite = ReferenceEquals(task.Holder, delivery);
        if (!mayWrite && (breakage != Breakage.SettlesWithoutLease || task.HasEnded))
        {
            return SettleStatus.LeaseLost;
        }

        ledger.Settled(task, delivery, in settlement);
        task.Holder = null;
        switch (settlement.Kind)
        {
            case SettlementKind.DeadLetter when settlement.State == TaskState.Expired && breakage == Breakage.DropsExpired:
                _order.Remove(task);
                break;
            case SettlementKind.Complete:
            case SettlementKind.DeadLetter:
                ledger.Ending(task, delivery, in settlement);
                ledger.Results.Given("an outcome", outcome.Length);
                End(task, settlement.State, outcome);
                break;
            case SettlementKind.Retry:
                task.State = settlement.Uncounted ? TaskState.Queued : TaskState.Retrying;
                task.Attempts -= settlement.Uncounted ? 1 : 0;
                task.NotBefore = world.Now + settlement.Delay.Ticks;
                if (breakage == Breakage.ForgetsRetries)
                {
                    _order.Remove(task);
                }

                Wake(task);
                break;
            case SettlementKind.Release when breakage == Breakage.CompletesReleases:
                End(task, TaskState.Succeeded, outcome);
                break;
            default:
                task.State = TaskState.Queued;
                task.Attempts--;
                Wake(task);
                break;
        }

        return SettleStatus.Done;
    }

    internal TaskStatusReport Status(TaskId id) => _tasks.TryGetValue(id, out SimTask? task)
        ? new TaskStatusReport(breakage == Breakage.MistellsExpired && task.State == TaskState.Expired ? TaskState.Cancelled : task.State, task.Outcome)
        : default;

    /// <summary>Completes when the task has ended; at once when it has, or is not known.</summary>
    internal Task WhenEnded(TaskId id)
    {
        if (!_tasks.TryGetValue(id, out SimTask? task) || task.HasEnded)
        {
            return Task.CompletedTask;
        }

        var waiter = new TaskCompletionSource();
        task.Waiters.Add(waiter);
        return waiter.Task;
    }

    internal SimSubscription Subscribe(string channel, Action<ReadOnlyMemory<byte>> onMessage, SimProcess process)
    {
        var subscription = new SimSubscription(channel, onMessage, process);
        _subscribers.RemoveAll(other => other.IsOver);
        _subscribers.Add(subscription);
        return subscription;
    }

    /// <summary>Brings a message to those who listen; now and then it is lost on the way to one of them.</summary>
    internal void Broadcast(string channel, byte[] message)
    {
        foreach (SimSubscription subscriber in _subscribers)
        {
            if (subscriber.Channel == channel && !subscriber.IsOver && !world.Chance(0.2))
            {
                world.Schedule(world.SomeDelay(TimeSpan.FromMilliseconds(20)), () => subscriber.Tell(message), subscriber.Process);
            }
        }
    }

    /// <summary>The broker was killed: some tasks that were settled are delivered again, as if for the first time.</summary>
    internal void Die()
    {
        foreach (SimTask task in _order.Where(task => task.State == TaskState.Succeeded && world.Chance(0.5)))
        {
            ledger.Resurrected(task);
            task.State = TaskState.Queued;
            task.Attempts = 0;
            task.Outcome = [];
            Wake(task);
        }
    }

    private static DateTimeOffset? TimeOf(long milliseconds) => milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private SimTask? NextReady(Lane lane)
    {
        // Mostly the first that is ready, sometimes the second: order is not promised.
        SimTask? first = null;
        foreach (SimTask task in _order)
        {
            if (task.Holder is not null || task.HasEnded || !IsDue(task) || task.Lane != lane)
            {
                continue;
            }

            if (first is null)
            {
                first = task;
            }
            else
            {
                return world.Chance(0.5) ? first : task;
            }
        }

        return first;
    }

    private bool IsDue(SimTask task) => task.NotBefore <= world.Now || breakage == Breakage.DeliversEarly;

    private void End(SimTask task, TaskState state, byte[] outcome)
    {
        task.State = state;
        task.Outcome = outcome;
        ledger.Ended(task);
        if (breakage != Breakage.ForgetsWaiters)
        {
            List<TaskCompletionSource> waiters = [.. task.Waiters];
            task.Waiters.Clear();
            waiters.ForEach(waiter => world.Schedule(TimeSpan.Zero, waiter.SetResult));
        }
    }

    private void Wake(SimTask task) => world.Schedule(IsDue(task) ? TimeSpan.Zero : TimeSpan.FromTicks(task.NotBefore - world.Now), () => Changed?.Invoke());

    private void ExpireLater(SimTask task, SimDelivery holder) =>
        world.Schedule(TimeSpan.FromTicks(task.LeaseUntil - world.Now), () =>
        {
            if (!ReferenceEquals(task.Holder, holder))
            {
                return;
            }

            if (task.LeaseUntil > world.Now)
            {
                ExpireLater(task, holder);
                return;
            }

            task.Holder = null;
            task.State = TaskState.Queued;
            Wake(task);
        });
}
