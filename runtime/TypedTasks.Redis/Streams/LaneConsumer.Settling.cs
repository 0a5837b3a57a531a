using System.Runtime.CompilerServices;
using TypedTasks.Engine;
using TypedTasks.Redis.Connection;

namespace TypedTasks.Redis.Streams;

/// <summary>Settling and renewing: one script a batch.</summary>
internal sealed partial class LaneConsumer
{
    /// <summary>How many bytes of outcomes go into one script, with the one that goes beyond.</summary>
    private const long MaxBatchBytes = 1024 * 1024;

    public ValueTask SettleAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        bool plain = Check(settlements.Span, statuses.Length);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        return settlements.IsEmpty ? default
            : plain && settlements.Length <= BatchCall.MaxBatch ? SettleBatchAsync(settlements, statuses[..settlements.Length], cancellationToken)
            : SettleInPartsAsync(settlements, statuses, cancellationToken);
    }

    public async ValueTask RenewAsync(ReadOnlyMemory<Delivery> deliveries, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        CheckRoom(deliveries.Length, statuses.Length);
        foreach (Delivery delivery in deliveries.Span)
        {
            CheckOrigin(delivery);
        }

        cancellationToken.ThrowIfCancellationRequested();
        for (int start = 0; start < deliveries.Length; start += BatchCall.MaxBatch)
        {
            int count = Math.Min(BatchCall.MaxBatch, deliveries.Length - start);
            BatchCall call = _engine.BatchCalls.Rent();
            call.WriteRenew(State.Keys, NameBytes, deliveries.Span.Slice(start, count));
            Remember(await call.SendAsync(State.Keys.Queue.Slot, statuses.Slice(start, count), cancellationToken).ConfigureAwait(false));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SettleBatchAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        BatchCall call = _engine.BatchCalls.Rent();
        call.WriteSettle(State.Keys, NameBytes, settlements.Span);
        Remember(await call.SendAsync(State.Keys.Queue.Slot, statuses, cancellationToken).ConfigureAwait(false));
        foreach (ref readonly Settlement settlement in settlements.Span)
        {
            _engine.Recycle((RedisDelivery)settlement.Delivery);
        }
    }

    /// <summary>More than a script may hold, or some that are not this consumer's any more.</summary>
    private async ValueTask SettleInPartsAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        int start = 0;
        while (start < settlements.Length)
        {
            int count = 0;
            for (long bytes = 0; start + count < settlements.Length && count < BatchCall.MaxBatch && bytes < MaxBatchBytes && IsHeld(in settlements.Span[start + count]); count++)
            {
                bytes += settlements.Span[start + count].Outcome.Length;
            }

            if (count == 0)
            {
                statuses.Span[start++] = SettleStatus.LeaseLost;
                continue;
            }

            await SettleBatchAsync(settlements.Slice(start, count), statuses.Slice(start, count), cancellationToken).ConfigureAwait(false);
            start += count;
        }
    }

    /// <summary>Hands back what nobody received: at once, and without counting.</summary>
    private async Task ReleaseAsync(RedisDelivery[] deliveries)
    {
        if (deliveries.Length == 0)
        {
            return;
        }

        try
        {
            Settlement[] settlements = [.. deliveries.Select(static delivery => new Settlement { Delivery = delivery, Kind = SettlementKind.Release })];
            await SettleInPartsAsync(settlements, new SettleStatus[settlements.Length], CancellationToken.None).ConfigureAwait(false);
        }
        catch (TaskEngineException exception)
        {
            // They stay under their lease, and are claimed when it runs out.
            RedisLog.KeepingFailed(_engine.Logger, Lane.ToString(), exception.Message);
        }
    }

    private void Remember(BatchAnswer answer)
    {
        if (answer.GroupMissing)
        {
            _ensureDue = true;
            LookAgain();
        }
        else if (answer.Epoch > 0)
        {
            Volatile.Write(ref _epoch, answer.Epoch);
        }
    }

    /// <summary>Finds what is wrong with the arguments before anything changes; says whether they are one plain batch: all still this consumer's, as far as is known here, and not too much.</summary>
    private bool Check(ReadOnlySpan<Settlement> settlements, int statuses)
    {
        CheckRoom(settlements.Length, statuses);
        bool held = true;
        long bytes = 0;
        foreach (ref readonly Settlement settlement in settlements)
        {
            CheckOrigin(settlement.Delivery);
            bytes += settlement.Outcome.Length;
            held &= IsHeld(in settlement);
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

            if (settlement.Outcome.Length > _engine.Options.MaxOutcomeLength)
            {
                throw new ArgumentException(
                    $"The outcome of the task {settlement.Id} is {settlement.Outcome.Length} bytes long; the Redis engine takes {_engine.Options.MaxOutcomeLength} ({nameof(RedisEngineOptions)}.{nameof(RedisEngineOptions.MaxOutcomeLength)}).",
                    nameof(settlements));
            }
        }

        return held && bytes <= MaxBatchBytes;
    }

    /// <summary>A delivery object that was settled may be another task's by now: its owner and its id tell.</summary>
    private bool IsHeld(in Settlement settlement) =>
        settlement.Delivery is RedisDelivery delivery && delivery.Owner == this && (settlement.Id.IsEmpty || settlement.Id == delivery.Id);

    private static void CheckRoom(int count, int statuses)
    {
        if (statuses < count)
        {
            throw new ArgumentException($"There is room for {statuses} statuses of {count} deliveries.", nameof(statuses));
        }
    }

    private static void CheckOrigin(Delivery delivery)
    {
        if (delivery is not RedisDelivery)
        {
            throw new ArgumentException("A delivery was not received from the Redis engine.", nameof(delivery));
        }
    }
}
