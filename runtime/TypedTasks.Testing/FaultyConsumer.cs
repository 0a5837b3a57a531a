using TypedTasks.Engine;

namespace TypedTasks.Testing;

/// <summary>A consumer that goes wrong. Its deliveries are copies, so that one may be settled twice: the second time finds its lease gone.</summary>
internal sealed class FaultyConsumer(FaultyEngine engine, ILaneConsumer first, Func<CancellationToken, ValueTask<ILaneConsumer>> reopen) : ILaneConsumer
{
    private readonly Lock _gate = new();
    private readonly HashSet<FaultyDelivery> _inHand = [];
    private readonly List<ILaneConsumer> _closed = [];
    private ILaneConsumer _inner = first;
    private Task _closing = Task.CompletedTask;
    private bool _isClosed;
    private bool _isStopped;

    public Lane Lane { get; } = first.Lane;

    public async ValueTask<int> ReceiveAsync(Memory<Delivery> destination, CancellationToken cancellationToken)
    {
        EngineFault fault = await engine.BeginAsync(EngineOperation.Receive, cancellationToken).ConfigureAwait(false);
        if (!fault.IsDone)
        {
            throw FaultyEngine.Unanswered(EngineOperation.Receive);
        }

        if (!await TryReopenAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        ILaneConsumer inner = _inner;
        var received = new Delivery[destination.Length];
        int count = await inner.ReceiveAsync(received, cancellationToken).ConfigureAwait(false);
        if (engine.Faults.IsCutOff && count > 0)
        {
            // Nothing is delivered to a host that is cut off: the engine keeps it for others.
            await CutOffAsync().ConfigureAwait(false);
            Settlement[] back = [.. received.Take(count).Select(delivery => new Settlement { Delivery = delivery, Kind = SettlementKind.Release })];
            await inner.SettleAsync(back, new SettleStatus[count], CancellationToken.None).ConfigureAwait(false);
            throw FaultyEngine.Unanswered(EngineOperation.Receive);
        }

        if (count == 0 && WasCutOff(inner))
        {
            throw FaultyEngine.Unanswered(EngineOperation.Receive);
        }

        if (!fault.IsAnswered)
        {
            // They were delivered into nowhere: their leases run out.
            throw FaultyEngine.Unanswered(EngineOperation.Receive);
        }

        lock (_gate)
        {
            for (int i = 0; i < count; i++)
            {
                var delivery = new FaultyDelivery(received[i], inner);
                _inHand.Add(delivery);
                destination.Span[i] = delivery;
            }
        }

        return count;
    }

    public async ValueTask SettleAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        EngineFault fault = await engine.BeginAsync(EngineOperation.Settle, cancellationToken).ConfigureAwait(false);
        if (fault.IsDone)
        {
            // Only those whose lease is held: the engine's own object of the others may be another task's by now.
            List<int> held = Take(settlements.Span, statuses.Span);
            foreach (IGrouping<ILaneConsumer, int> group in held.GroupBy(place => ((FaultyDelivery)settlements.Span[place].Delivery).Consumer))
            {
                int[] places = [.. group];
                var answers = new SettleStatus[places.Length];
                try
                {
                    Settlement[] translated = [.. places.Select(place => FaultyDelivery.Translate(settlements.Span[place]))];
                    await group.Key.SettleAsync(translated, answers, cancellationToken).ConfigureAwait(false);
                }
                catch
                {
                    // It is not settled as far as we know: the same deliveries may be settled again.
                    GiveBack(settlements.Span, held);
                    throw;
                }

                for (int i = 0; i < answers.Length; i++)
                {
                    statuses.Span[places[i]] = answers[i];
                }
            }

            engine.OnChanged();
        }

        if (!fault.IsAnswered)
        {
            throw FaultyEngine.Unanswered(EngineOperation.Settle);
        }
    }

    public async ValueTask RenewAsync(ReadOnlyMemory<Delivery> deliveries, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        EngineFault fault = await engine.BeginAsync(EngineOperation.Renew, cancellationToken).ConfigureAwait(false);
        if (fault.IsDone)
        {
            for (int i = 0; i < deliveries.Length; i++)
            {
                var delivery = (FaultyDelivery)deliveries.Span[i];
                var status = new SettleStatus[1];
                if (IsHeld(delivery))
                {
                    await delivery.Consumer.RenewAsync(new[] { delivery.Inner }, status, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    status[0] = SettleStatus.LeaseLost;
                }

                statuses.Span[i] = status[0];
            }
        }

        if (!fault.IsAnswered)
        {
            throw FaultyEngine.Unanswered(EngineOperation.Renew);
        }
    }

    public ValueTask StopAsync(CancellationToken cancellationToken)
    {
        ILaneConsumer inner;
        lock (_gate)
        {
            _isStopped = true;
            inner = _inner;
        }

        return inner.StopAsync(cancellationToken);
    }

    /// <summary>Deliveries of a host that is cut off stay where they are, under leases that run out.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (ILaneConsumer closed in _closed)
        {
            await closed.DisposeAsync().ConfigureAwait(false);
        }

        await _inner.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The host is cut off, and does not ask any more: the engine is to hold nothing ready for it. What the host was given stays under its leases.</summary>
    internal Task CutOffAsync()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ILaneConsumer inner;
        lock (_gate)
        {
            if (_isClosed || _isStopped)
            {
                return _closing;
            }

            _isClosed = true;
            _closing = closed.Task;
            inner = _inner;
        }

        return CloseAsync(inner, closed);
    }

    internal async Task<int> DropLeasesAsync(CancellationToken cancellationToken)
    {
        FaultyDelivery[] dropped;
        lock (_gate)
        {
            dropped = [.. _inHand];
            _inHand.Clear();
        }

        // A retry at once counts the attempt, as a lease that ran out does.
        foreach (IGrouping<ILaneConsumer, FaultyDelivery> group in dropped.GroupBy(delivery => delivery.Consumer))
        {
            Settlement[] retries = [.. group.Select(delivery => new Settlement { Delivery = delivery.Inner, Kind = SettlementKind.Retry })];
            await group.Key.SettleAsync(retries, new SettleStatus[retries.Length], cancellationToken).ConfigureAwait(false);
            engine.OnChanged();
        }

        return dropped.Length;
    }

    private static async Task CloseAsync(ILaneConsumer inner, TaskCompletionSource closed)
    {
        try
        {
            await inner.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (TaskEngineException)
        {
            // The engine does not answer either: then the leases of what it held ready run out, too.
        }
        finally
        {
            closed.SetResult();
        }
    }

    /// <summary>Whether this is the engine's consumer from before the host was cut off, which has stopped.</summary>
    private bool WasCutOff(ILaneConsumer inner)
    {
        lock (_gate)
        {
            return !_isStopped && (_isClosed || _inner != inner);
        }
    }

    // A host that was cut off and is back asks again.
    private async ValueTask<bool> TryReopenAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_isClosed || _isStopped)
            {
                return !_isClosed;
            }
        }

        ILaneConsumer again = await reopen(cancellationToken).ConfigureAwait(false);
        bool isWanted;
        lock (_gate)
        {
            _closed.Add(_inner);
            _inner = again;
            _isClosed = false;
            isWanted = !_isStopped;
        }

        if (!isWanted)
        {
            await again.StopAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (engine.Faults.IsCutOff)
        {
            await CutOffAsync().ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>The places of those whose lease is held; for the others the status says that it was lost.</summary>
    private List<int> Take(ReadOnlySpan<Settlement> settlements, Span<SettleStatus> statuses)
    {
        List<int> places = [];
        lock (_gate)
        {
            for (int i = 0; i < settlements.Length; i++)
            {
                if (_inHand.Remove((FaultyDelivery)settlements[i].Delivery))
                {
                    places.Add(i);
                }
                else
                {
                    statuses[i] = SettleStatus.LeaseLost;
                }
            }
        }

        return places;
    }

    private void GiveBack(ReadOnlySpan<Settlement> settlements, List<int> places)
    {
        lock (_gate)
        {
            foreach (int place in places)
            {
                _inHand.Add((FaultyDelivery)settlements[place].Delivery);
            }
        }
    }

    private bool IsHeld(FaultyDelivery delivery)
    {
        lock (_gate)
        {
            return _inHand.Contains(delivery);
        }
    }

    /// <summary>A copy of a delivery.</summary>
    private sealed class FaultyDelivery(Delivery inner, ILaneConsumer consumer) : Delivery
    {
        internal Delivery Inner { get; } = inner;

        internal ILaneConsumer Consumer { get; } = consumer;

        public override ReadOnlyMemory<byte> Envelope { get; } = inner.Envelope.ToArray();

        public override int Attempt { get; } = inner.Attempt;

        public override long Fence { get; } = inner.Fence;

        internal static Settlement Translate(Settlement settlement) => new()
        {
            Delivery = ((FaultyDelivery)settlement.Delivery).Inner,
            Kind = settlement.Kind,
            Id = settlement.Id,
            Delay = settlement.Delay,
            Uncounted = settlement.Uncounted,
            State = settlement.State,
            Outcome = settlement.Outcome,
            KeepOutcome = settlement.KeepOutcome,
            Note = settlement.Note,
        };
    }
}
