using TypedTasks.Engine;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation.Broker;

/// <summary>One process's hold on a lane of the broker model.</summary>
internal sealed class SimConsumer : ILaneConsumer
{
    private readonly SimBroker _broker;
    private readonly Network _network;
    private readonly SimProcess _process;
    private Waiting? _waiting;
    private bool _isStopped;

    internal SimConsumer(SimBroker broker, Network network, SimProcess process, Lane lane)
    {
        _broker = broker;
        _network = network;
        _process = process;
        Lane = lane;
        broker.Changed += Wake;
    }

    public Lane Lane { get; }

    public TimeSpan SettlePause => _broker.SettlePause;

    public ValueTask<int> ReceiveAsync(Memory<Delivery> destination, CancellationToken cancellationToken)
    {
        var received = new TaskCompletionSource<int>();
        Receive(destination, received);
        return new ValueTask<int>(received.Task);
    }

    public ValueTask SettleAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        Settlement[] batch = settlements.ToArray();
        byte[][] outcomes = Array.ConvertAll(batch, settlement => settlement.Outcome.ToArray());
        return AskAsync(statuses, batch.Length, i => _broker.Settle(in batch[i], outcomes[i]), () => Array.ForEach(batch, settlement => _broker.Stops.Settled(_process, in settlement)));
    }

    public ValueTask RenewAsync(ReadOnlyMemory<Delivery> deliveries, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        Delivery[] batch = deliveries.ToArray();
        return AskAsync(statuses, batch.Length, i => _broker.Renew((SimDelivery)batch[i]), static () => { });
    }

    public ValueTask StopAsync(CancellationToken cancellationToken)
    {
        _isStopped = true;
        Wake();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _broker.Changed -= Wake;
        return ValueTask.CompletedTask;
    }

    private void Receive(Memory<Delivery> destination, TaskCompletionSource<int> received)
    {
        if (_isStopped)
        {
            received.SetResult(0);
            return;
        }

        var waiting = new Waiting(() => Receive(destination, received));
        _waiting = waiting;
        _network.Call(_process, () => _broker.Receive(Lane, destination.Length, _process), (deliveries, failure) =>
        {
            if (failure is not null)
            {
                received.SetException(failure);
            }
            else if (deliveries!.Count == 0)
            {
                // What became deliverable while this answer was on its way is asked for at once.
                waiting.Begin();
            }
            else
            {
                for (int i = 0; i < deliveries.Count; i++)
                {
                    destination.Span[i] = deliveries[i];
                    _broker.Stops.Taken(_process, deliveries[i]);
                }

                received.SetResult(deliveries.Count);
            }
        });
    }

    /// <summary>One request for a whole batch.</summary>
    private ValueTask AskAsync(Memory<SettleStatus> statuses, int count, Func<int, SettleStatus> ask, Action answered)
    {
        var asked = new TaskCompletionSource();
        _network.Call(
            _process,
            () =>
            {
                var answers = new SettleStatus[count];
                for (int i = 0; i < count; i++)
                {
                    answers[i] = ask(i);
                }

                return answers;
            },
            (answers, failure) =>
            {
                if (failure is null)
                {
                    answers.CopyTo(statuses);
                    answered();
                    asked.SetResult();
                }
                else
                {
                    asked.SetException(failure);
                }
            });
        return new ValueTask(asked.Task);
    }

    private void Wake()
    {
        if (_waiting is { IsWoken: false } waiting)
        {
            waiting.IsWoken = true;
            _process.Queue(waiting);
        }
    }

    /// <summary>A request for deliveries that may have to wait for some: goes on when it waits and was woken, in whichever order.</summary>
    private sealed class Waiting(Action goOn) : IThreadPoolWorkItem
    {
        private bool _isWaiting;
        private bool _isDue;

        internal bool IsWoken { get; set; }

        internal void Begin()
        {
            _isWaiting = true;
            GoOnIfDue();
        }

        public void Execute()
        {
            _isDue = true;
            GoOnIfDue();
        }

        private void GoOnIfDue()
        {
            if (_isWaiting && _isDue)
            {
                _isWaiting = false;
                goOn();
            }
        }
    }
}
