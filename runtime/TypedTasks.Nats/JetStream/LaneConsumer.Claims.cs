using TypedTasks.Engine;

namespace TypedTasks.Nats.JetStream;

// A task that may have been delivered before: looked up, and claimed before a worker sees it.
internal sealed partial class LaneConsumer
{
    private const int ClaimTries = 5;
    private Task _lastClaim = Task.CompletedTask;

    // Claims run side by side, and their deliveries are given out in the order in which they came.
    // A method of its own: the closure would be made for every message otherwise.
    private void StartClaim(NatsDelivery delivery)
    {
        Task previous = _lastClaim;
        _lastClaim = Task.Run(() => ClaimAsync(delivery, previous));
    }

    private async Task ClaimAsync(NatsDelivery delivery, Task previous)
    {
        try
        {
            await Volatile.Read(ref _recovery).ConfigureAwait(false);
            delivery.FenceValue = (delivery.FenceValue & FenceEpochs.SequenceMask) | (_fenceEpoch << FenceEpochs.Shift);
            for (int i = 0; i < ClaimTries; i++)
            {
                StoredRecord? stored = await _engine.WorkRecords.GetAsync(delivery.TaskId, CancellationToken.None).ConfigureAwait(false);
                TaskRecord? record = stored is { IsExpired: false } current ? TaskRecord.Read(current.Body) : null;
                if (record is { } known && await IsDoneWithAsync(delivery, known).ConfigureAwait(false))
                {
                    return;
                }

                if (await TryClaimAsync(delivery, stored?.Revision ?? 0, record).ConfigureAwait(false))
                {
                    await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    MakeReady(delivery);
                    return;
                }
            }
        }
        catch (Exception error) when (error is TaskEngineException or ApiException)
        {
            // Unclaimed: the lease ends by itself, and the task comes again.
            EngineLog.NotClaimed(_engine.Logger, delivery.TaskId.ToString(), error.Message);
        }
    }

    private async ValueTask<bool> IsDoneWithAsync(NatsDelivery delivery, TaskRecord record)
    {
        if (record.Fence > delivery.Fence)
        {
            // A later delivery has the task: this one is late, and changes nothing.
            return true;
        }

        if (record.HasEnded && record.Round >= delivery.Round)
        {
            if (record.State == TaskState.DeadLettered && !record.Note.IsEmpty)
            {
                await PublishDeadLetterAsync(delivery, record.Note).ConfigureAwait(false);
            }

            EngineLog.AlreadyEnded(_engine.Logger, delivery.TaskId.ToString());
            await AnswerAsync(delivery, "+ACK"u8.ToArray()).ConfigureAwait(false);
            return true;
        }

        if (record.Round > delivery.Round)
        {
            if (record.IsMoved)
            {
                await PublishDelayedAsync(delivery, DateTimeOffset.FromUnixTimeMilliseconds(record.NotBefore), record.Round, record.Attempt).ConfigureAwait(false);
            }

            await AnswerAsync(delivery, "+ACK"u8.ToArray()).ConfigureAwait(false);
            return true;
        }

        long wait = record.NotBefore - _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (record.State == TaskState.Retrying && !record.IsMoved && wait > 0)
        {
            // The delay was lost, with a broker that was killed: it is asked for again.
            await HandBackAsync(delivery, TimeSpan.FromMilliseconds(wait)).ConfigureAwait(false);
            return true;
        }

        return false;
    }

    private async ValueTask<bool> TryClaimAsync(NatsDelivery delivery, ulong revision, TaskRecord? record)
    {
        int attempt = record is { } known ? known.Attempt + 1 : delivery.EarlierAttempts + delivery.Delivered;
        RecordWrite write = await _engine.WorkRecords.WriteAsync(delivery.TaskId, revision, new TaskRecord
        {
            State = TaskState.Running,
            Round = delivery.Round,
            Attempt = attempt,
            Fence = delivery.Fence,
        }.ToBytes(), LongestExpiry(), CancellationToken.None).ConfigureAwait(false);
        if (write.Applied)
        {
            delivery.Revision = write.Revision;
            delivery.SetAttempt(attempt);
        }

        return write.Applied;
    }
}
