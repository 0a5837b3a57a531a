using TypedTasks.Engine;
using TypedTasks.Nats.Connection;

namespace TypedTasks.Nats.JetStream;

// Settling: the ordinary way in place, everything else step by step.
internal sealed partial class LaneConsumer
{
    private const int PooledDeliveries = 8192;

    public ValueTask SettleAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        CheckSettlements(settlements.Span, statuses.Length);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        SettleBatch batch = RentBatch();
        batch.Begin(settlements.Length, statuses, isSettling: true);
        ReadOnlySpan<Settlement> span = settlements.Span;
        for (int i = 0; i < span.Length; i++)
        {
            batch.Add(i, (NatsDelivery)span[i].Delivery);
        }

        List<(int Slot, Settlement Settlement)>? deadLetters = null;
        for (int i = 0; i < span.Length; i++)
        {
            Settle(batch, i, in span[i], ref deadLetters);
        }

        if (deadLetters is not null)
        {
            StartInOrder(batch, deadLetters);
        }

        return batch.Start(cancellationToken);
    }

    /// <summary>Takes a batch back.</summary>
    public void Return(SettleBatch batch)
    {
        lock (_gate)
        {
            if (_batches.Count < 64)
            {
                _batches.Push(batch);
            }
        }
    }

    /// <summary>Takes deliveries back that were settled; one whose lease was lost may still be read by its handler, and is left to the garbage collector.</summary>
    public void Recycle(ReadOnlySpan<NatsDelivery> deliveries, ReadOnlySpan<SettleStatus> statuses)
    {
        lock (_gate)
        {
            for (int i = 0; i < deliveries.Length; i++)
            {
                if (statuses[i] == SettleStatus.Done && deliveries[i].Phase == DeliveryPhase.Settled && _pool.Count < PooledDeliveries)
                {
                    // A second settling of the same object finds it settled, until the object is another task's.
                    _pool.Push(deliveries[i]);
                }
            }
        }
    }

    private void Settle(SettleBatch batch, int slot, in Settlement settlement, ref List<(int Slot, Settlement Settlement)>? deadLetters)
    {
        var delivery = (NatsDelivery)settlement.Delivery;
        if (!settlement.Id.IsEmpty && settlement.Id != delivery.TaskId)
        {
            batch.Done(slot, SettleStatus.LeaseLost);
            return;
        }

        switch (delivery.Phase)
        {
            case DeliveryPhase.Settled:
                batch.Done(slot, SettleStatus.Done);
                return;
            case DeliveryPhase.Recorded:
                SettleStepByStep(batch, slot, settlement);
                return;
            case DeliveryPhase.Held when HoldsLease(delivery):
                break;
            default:
                batch.Lost(slot);
                return;
        }

        if (settlement.Kind == SettlementKind.DeadLetter)
        {
            // One after the other: dead letters are listed in the order in which they became such.
            deadLetters ??= [];
            deadLetters.Add((slot, Keep(settlement)));
        }
        else if (settlement.Kind != SettlementKind.Complete)
        {
            SettleStepByStep(batch, slot, settlement);
        }
        else if (settlement.KeepOutcome > TimeSpan.Zero || delivery.Revision != 0)
        {
            batch.RecordBegins();
            delivery.Recording.Send(batch, slot, settlement);
        }
        else
        {
            delivery.End = settlement.State;
            batch.Acknowledge(slot);
        }
    }

    /// <summary>
    /// Settles a completion that the server would not understand, for it has forgotten the delivery: what is recorded holds, and what is not is recorded now. The task is delivered again, and is found
    /// to have ended.
    /// </summary>
    public void SettleForgotten(SettleBatch batch, int slot)
    {
        NatsDelivery delivery = batch[slot];
        if (delivery.Phase == DeliveryPhase.Recorded)
        {
            delivery.Phase = DeliveryPhase.Settled;
            batch.Done(slot, SettleStatus.Done);
        }
        else
        {
            SettleStepByStep(batch, slot, new Settlement { Delivery = delivery, Kind = SettlementKind.Complete, State = delivery.End });
        }
    }

    private void SettleStepByStep(SettleBatch batch, int slot, in Settlement settlement)
    {
        Settlement copy = Keep(settlement);
        _ = Task.Run(() => SettleStepByStepAsync(batch, slot, copy));
    }

    // The caller may use the outcome's buffer again as soon as settling returns or awaits.
    private static Settlement Keep(in Settlement settlement) =>
        settlement.Outcome.IsEmpty ? settlement : settlement with { Outcome = settlement.Outcome.ToArray() };

    private void StartInOrder(SettleBatch batch, List<(int Slot, Settlement Settlement)> settlements) =>
        _ = Task.Run(() => SettleInOrderAsync(batch, settlements));

    private async Task SettleInOrderAsync(SettleBatch batch, List<(int Slot, Settlement Settlement)> settlements)
    {
        foreach ((int slot, Settlement settlement) in settlements)
        {
            await SettleStepByStepAsync(batch, slot, settlement).ConfigureAwait(false);
        }
    }

    private async Task SettleStepByStepAsync(SettleBatch batch, int slot, Settlement settlement)
    {
        var delivery = (NatsDelivery)settlement.Delivery;
        try
        {
            bool done = delivery.Phase == DeliveryPhase.Recorded || settlement.Kind switch
            {
                SettlementKind.Complete => await RecordEndAsync(delivery, settlement, default).ConfigureAwait(false),
                SettlementKind.DeadLetter => await RecordDeadLetterAsync(delivery, settlement).ConfigureAwait(false),
                SettlementKind.Retry => await RecordRetryAsync(delivery, settlement).ConfigureAwait(false),
                _ => await RecordReleaseAsync(delivery).ConfigureAwait(false),
            };
            if (done)
            {
                await FinishAsync(delivery, settlement).ConfigureAwait(false);
            }

            delivery.Phase = done ? DeliveryPhase.Settled : DeliveryPhase.Lost;
            batch.Done(slot, done ? SettleStatus.Done : SettleStatus.LeaseLost);
        }
        catch (Exception error)
        {
            batch.Fail(error as TaskEngineException ?? new TaskEngineException($"Settling the task {delivery.TaskId} failed: {error.Message}", error));
        }
    }

    /// <summary>An outcome could not be recorded as the first: somebody else recorded something, or a left-over is in the way.</summary>
    public void SettleAfterConflict(SettleBatch batch, int slot, Settlement settlement, ulong token, int errorCode)
    {
        if (!ErrorCodes.IsConflict(errorCode))
        {
            batch.Fail(new TaskEngineException($"The outcome of the task {((NatsDelivery)settlement.Delivery).TaskId} was refused (JetStream error {errorCode})."));
            return;
        }

        _ = Task.Run(() => SettleAfterConflictAsync(batch, slot, settlement, token));
    }

    private async Task SettleAfterConflictAsync(SettleBatch batch, int slot, Settlement settlement, ulong token)
    {
        var delivery = (NatsDelivery)settlement.Delivery;
        try
        {
            StoredRecord? current = await _engine.WorkRecords.GetAsync(delivery.TaskId, CancellationToken.None).ConfigureAwait(false);
            if (current is { } own && token != 0 && own.Token == token)
            {
                delivery.Revision = own.Revision;
                delivery.Phase = DeliveryPhase.Recorded;
            }
            else if (delivery.Revision == 0 && current is null or { IsExpired: true })
            {
                delivery.Revision = current?.Revision ?? 0;
            }
            else
            {
                batch.Lost(slot);
                return;
            }
        }
        catch (TaskEngineException error)
        {
            batch.Fail(error);
            return;
        }

        await SettleStepByStepAsync(batch, slot, settlement).ConfigureAwait(false);
    }

    private SettleBatch RentBatch()
    {
        lock (_gate)
        {
            return _batches.TryPop(out SettleBatch? batch) ? batch : new SettleBatch(this);
        }
    }

    private void CheckOrigin(Delivery delivery)
    {
        if (delivery is not NatsDelivery own || own.Consumer != this)
        {
            throw new ArgumentException("A delivery was not received from this consumer.", nameof(delivery));
        }
    }

    private void CheckSettlements(ReadOnlySpan<Settlement> settlements, int statuses)
    {
        if (statuses < settlements.Length)
        {
            throw new ArgumentException($"There is room for {statuses} statuses of {settlements.Length} deliveries.", nameof(statuses));
        }

        foreach (ref readonly Settlement settlement in settlements)
        {
            CheckOrigin(settlement.Delivery);
            if (settlement.Kind is not (SettlementKind.Complete or SettlementKind.DeadLetter))
            {
                continue;
            }

            if (settlement.State < TaskState.Succeeded)
            {
                throw new ArgumentException($"The task {settlement.Id} cannot end as {settlement.State}.", nameof(settlements));
            }

            if (settlement.Kind == SettlementKind.DeadLetter && settlement.Note is null)
            {
                throw new ArgumentException($"The task {settlement.Id} cannot become a dead letter without a note that says why.", nameof(settlements));
            }

            if (settlement.Outcome.Length > _engine.Limits.MaxOutcomeLength)
            {
                throw new ArgumentException(
                    $"The outcome of the task {settlement.Id} is {settlement.Outcome.Length} bytes long; the NATS engine takes {_engine.Limits.MaxOutcomeLength} (NatsEngineOptions.MaxOutcomeLength).",
                    nameof(settlements));
            }
        }
    }
}
