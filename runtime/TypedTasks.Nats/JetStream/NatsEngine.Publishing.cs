using TypedTasks.Engine;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;
using TypedTasks.Shared;

namespace TypedTasks.Nats.JetStream;

// Publishing: the envelope writes itself into the frame of a pooled call, which is kept until the server's answer.
internal sealed partial class NatsEngine
{
    /// <summary>What is due within this goes straight into its lane; the worker's engine holds it until it is due.</summary>
    public static readonly TimeSpan HoldAhead = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<PublishStatus>(cancellationToken);
        }

        if (address.Id.IsEmpty)
        {
            return ValueTask.FromException<PublishStatus>(new ArgumentException("A task needs an id.", nameof(address)));
        }

        if (_isStopped || !_isStarted)
        {
            return ValueTask.FromException<PublishStatus>(new TaskRejectedException(address.Id, TaskRejection.Stopped,
                $"The task {address.Id} was not accepted: the NATS engine is {(_isStopped ? "stopped" : "not started")}."));
        }

        return address.Follows ? PublishFollowingAsync(address, envelope, cancellationToken) : Publish(address, envelope, mayWait: true, cancellationToken);
    }

    /// <summary>A task that follows one in hand does not wait for room in its queue, of which the one in hand has a part: it waits where delayed tasks do, and is moved when there is room.</summary>
    private async ValueTask<PublishStatus> PublishFollowingAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource
    {
        try
        {
            return await Publish(address, envelope, mayWait: false, cancellationToken).ConfigureAwait(false);
        }
        catch (TaskRejectedException refused) when (refused.Reason == TaskRejection.Full)
        {
            DateTimeOffset soon = Time.GetUtcNow() + (2 * HoldAhead);
            TaskAddress later = address.NotBefore > soon ? address : address with { NotBefore = soon };
            return await Publish(later, envelope, mayWait: true, cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask<PublishStatus> Publish<TEnvelope>(TaskAddress address, TEnvelope envelope, bool mayWait, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource
    {
        LaneNames lane = Names.Of(address.Lane);
        long now = address.NotBefore == DateTimeOffset.MinValue ? 0 : Time.GetUtcNow().ToUnixTimeMilliseconds();
        long due = now == 0 ? 0 : Milliseconds.Of(address.NotBefore);
        bool isDelayed = due - now > HoldAhead.TotalMilliseconds;
        PublishCall call = _publishes.Rent(address.Id, address.Lane.Queue);
        call.MayWait = mayWait;
        call.IsFresh = address.IsFresh && !isDelayed;
        try
        {
            WriteFrame(call.Frame, lane, in address, envelope, due > now ? due : 0, isDelayed);
        }
        catch (Exception error)
        {
            _publishes.Return(call);
            return ValueTask.FromException<PublishStatus>(error);
        }

        if (call.Frame.PayloadLength > Limits.MaxEnvelopeLength || call.Frame.MessageLength > PublishConnection.Info.MaxPayload)
        {
            int length = call.Frame.PayloadLength;
            _publishes.Return(call);
            return ValueTask.FromException<PublishStatus>(new TaskRejectedException(address.Id, TaskRejection.TooLarge,
                $"The task {address.Id} was not accepted: it is {length} bytes long, and the NATS server takes {Limits.MaxEnvelopeLength} (its max_payload)."));
        }

        if (isDelayed || !lane.IsMade)
        {
            return PublishCarefullyAsync(call, address, isDelayed, due, cancellationToken);
        }

        return PublishReady(call, lane, cancellationToken);
    }

    private ValueTask<PublishStatus> PublishReady(PublishCall call, LaneNames lane, CancellationToken cancellationToken) =>
        call.IsFresh ? call.Send(cancellationToken)
        : Fresh.Knows(call.Id) ? PublishAgainAsync(call, lane, cancellationToken)
        : call.SendUnlessKnown(this, lane, cancellationToken);

    // The id was made here for a publish that may not have been confirmed: its task may wait among the fresh ones, where the server does not refuse a second one for long.
    private async ValueTask<PublishStatus> PublishAgainAsync(PublishCall call, LaneNames lane, CancellationToken cancellationToken)
    {
        if (await AskFirstAsync(call, Fresh.FindAsync(lane, call.Id, int.MaxValue, cancellationToken)).ConfigureAwait(false) is not null)
        {
            _publishes.Return(call);
            return PublishStatus.Duplicate;
        }

        return await call.SendUnlessKnown(this, lane, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is asked before a task is sent; without an answer the task is not sent.</summary>
    private async ValueTask<TAnswer> AskFirstAsync<TAnswer>(PublishCall call, ValueTask<TAnswer> asking)
    {
        try
        {
            return await asking.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            TaskId id = call.Id;
            _publishes.Return(call);
            if (error is TaskConfigurationException or ApiException or TaskEngineException)
            {
                throw NotSent(id, error);
            }

            throw;
        }
    }

    /// <summary>Whether a record says that its task's id was used; one that only fences says nothing of it.</summary>
    public static bool Remembers(in StoredRecord record) => !record.IsExpired && TaskRecord.Read(record.Body) is { IsHidden: false };

    /// <summary>The exception for a task that was not sent, because something that is asked before could not be.</summary>
    public TaskRejectedException NotSent(TaskId id, Exception error) =>
        new(id, _isStopped ? TaskRejection.Stopped : TaskRejection.Refused, $"The task {id} was not sent: {error.Message}", error);

    private void WriteFrame<TEnvelope>(OutgoingFrame frame, LaneNames lane, in TaskAddress address, TEnvelope envelope, long due, bool isDelayed)
        where TEnvelope : struct, IEnvelopeSource
    {
        frame.Begin();
        if (isDelayed)
        {
            frame.AppendText(lane.Delay(due / 1000));
        }
        else if (address.IsFresh)
        {
            frame.Append(lane.FreshBytes);
        }
        else
        {
            frame.Append(lane.SubjectBytes);
            frame.Append(address.Id);
        }

        frame.BeginHeaders(PublishConnection.ReplyLength);
        if (isDelayed)
        {
            TaskHeaders.AppendId(frame, address.Id, 1);
        }
        else
        {
            TaskHeaders.AppendMessageId(frame, address.Id);
            if (!address.IsFresh)
            {
                TaskHeaders.AppendExpectsNone(frame);
            }
        }

        TaskHeaders.Append(frame, due, isDelayed ? 1 : 0, 0);
        frame.BeginPayload();
        envelope.WriteTo(frame);
        frame.End();
    }

    // The rare ways: a lane that is not known yet, a task that waits in the delay stream.
    private async ValueTask<PublishStatus> PublishCarefullyAsync(PublishCall call, TaskAddress address, bool isDelayed, long due, CancellationToken cancellationToken)
    {
        bool isKnown = await AskFirstAsync(call, EnsureLaneAndAskAsync(address, isDelayed, cancellationToken)).ConfigureAwait(false);
        if (isKnown)
        {
            _publishes.Return(call);
            return PublishStatus.Duplicate;
        }

        if (!isDelayed)
        {
            return await PublishReady(call, Names.Of(address.Lane), cancellationToken).ConfigureAwait(false);
        }

        PublishStatus status = await call.Send(cancellationToken).ConfigureAwait(false);
        await RecordDelayAsync(address.Id, due, cancellationToken).ConfigureAwait(false);
        return status;
    }

    // Makes the lane when it is not known, and says whether the task is: one whose lane will tell is not asked for.
    private async ValueTask<bool> EnsureLaneAndAskAsync(TaskAddress address, bool isDelayed, CancellationToken cancellationToken)
    {
        if (!_topology.Knows(address.Lane))
        {
            await StartAsync([address.Lane], cancellationToken).ConfigureAwait(false);
        }

        return isDelayed && !address.IsFresh && await IsKnownAsync(address, cancellationToken).ConfigureAwait(false);
    }

    // A task in the delay stream is not refused by its lane, so that is asked, too. All of it is asked at once.
    private async ValueTask<bool> IsKnownAsync(TaskAddress address, CancellationToken cancellationToken)
    {
        LaneNames lane = Names.Of(address.Lane);
        ValueTask<StoredRecord?> reading = WorkRecords.GetAsync(address.Id, cancellationToken);
        ValueTask<StoredMessage?> dead = WorkApi.GetLastAsync(Names.DeadStream, lane.Dead, address.Id, cancellationToken);
        ValueTask<StoredMessage?> queued = WorkApi.GetLastAsync(lane.Stream, lane.Subject, address.Id, cancellationToken);
        StoredRecord? record = await reading.ConfigureAwait(false);
        bool isDead = await dead.ConfigureAwait(false) is not null;
        bool isQueued = await queued.ConfigureAwait(false) is not null
            || (Fresh.Knows(address.Id) && await Fresh.FindAsync(lane, address.Id, int.MaxValue, cancellationToken).ConfigureAwait(false) is not null);
        return isDead || isQueued || (record is { } known && Remembers(known));
    }

    // So that the task is found by its id while it waits. Without the record it still runs: only its state is not known meanwhile.
    private async ValueTask RecordDelayAsync(TaskId id, long due, CancellationToken cancellationToken)
    {
        DateTimeOffset start = DateTimeOffset.FromUnixTimeMilliseconds(due);
        DateTimeOffset expiry = Options.MaxRetention < DateTimeOffset.MaxValue - start ? start + Options.MaxRetention : DateTimeOffset.MaxValue;
        try
        {
            await WorkRecords.CreateAsync(id, new TaskRecord { State = TaskState.Queued, IsMoved = true, Round = 1, NotBefore = due }.ToBytes(), expiry, cancellationToken).ConfigureAwait(false);
        }
        catch (TaskEngineException error)
        {
            EngineLog.UpkeepFailed(Logger, $"Recording the delay of the task {id}", error.Message);
        }
    }
}
