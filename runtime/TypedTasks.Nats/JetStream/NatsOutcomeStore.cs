using System.Text.Json;
using TypedTasks.Engine;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// What is known of a task: from its record, where it has one; else from the lane that holds it; else from the dead letters. An ordinary task has no record
/// until it ends, which is why publishing and receiving cost one message each.
/// </summary>
internal sealed class NatsOutcomeStore(NatsEngine engine) : IOutcomeStore
{
    // A fresh task that another process published is searched for, and taken for queued when that takes too long.
    private const int MostLookedAt = 10_000;

    private static readonly TimeSpan ReadSoon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(2);

    public ValueTask<TaskStatusReport> GetAsync(TaskId id, CancellationToken cancellationToken) => Failures.TypedAsync(LookAsync(id, cancellationToken));

    public async ValueTask<TaskStatusReport> WaitAsync(TaskId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        engine.ThrowIfNotRunning();
        var changes = new Changes(engine.Names.Tasks + id.ToString("N", null));
        engine.WorkConnection.Subscribe(changes);
        try
        {
            TimeSpan pause = ReadSoon;
            while (true)
            {
                Task changed = changes.Next();
                TaskStatusReport report = default;
                bool wasRead = false;
                try
                {
                    report = await GetAsync(id, cancellationToken).ConfigureAwait(false);
                    wasRead = true;
                }
                catch (TaskEngineException) when (!engine.IsStopped && engine.WorkConnection.Fatal is null)
                {
                    // Without a connection nothing can be read; there will be one.
                }

                if (wasRead && (report.HasEnded || report.State == TaskState.Unknown))
                {
                    return report;
                }

                // A change may be heard before it can be read: after one the pauses are short again.
                await Task.WhenAny(changed, Task.Delay(pause, engine.Time, cancellationToken)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                pause = changed.IsCompleted ? ReadSoon : pause * 2 < ReadAgain ? pause * 2 : ReadAgain;
            }
        }
        finally
        {
            engine.WorkConnection.Unsubscribe(changes);
        }
    }

    public async ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        engine.ThrowIfNotRunning();
        StoredRecord? stored = await engine.WorkRecords.GetAsync(id, cancellationToken).ConfigureAwait(false);
        if (stored is { } found && TaskRecord.Read(found.Body) is { HasEnded: true })
        {
            await Failures.TypedAsync(engine.WorkRecords.DeleteAsync(found.Revision, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async ValueTask<TaskStatusReport> LookAsync(TaskId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        engine.ThrowIfNotRunning();
        long asked = engine.Time.GetTimestamp();
        if (await FromRecordAsync(id, cancellationToken).ConfigureAwait(false) is { } recorded)
        {
            return recorded;
        }

        TaskStatusReport? found = await FromLanesAsync(id, engine.Topology.Lanes, cancellationToken).ConfigureAwait(false);
        if (found is { HasEnded: false } queued)
        {
            return queued;
        }

        // It may have ended between the first look and the second, be it as a dead letter; or be in a lane that only other processes use.
        if (await FromRecordAsync(id, cancellationToken).ConfigureAwait(false) is { } ended)
        {
            return ended;
        }

        if (found is { } dead)
        {
            return dead;
        }

        IReadOnlyCollection<Lane> others = engine.OtherLanes;
        if (await FromLanesAsync(id, others, cancellationToken).ConfigureAwait(false) is { } elsewhere)
        {
            return elsewhere;
        }

        // Unknown is an answer that is believed, and it may be in a lane that was made a moment ago.
        Lane[] later = [.. (await engine.OtherLanesAsync(asked, cancellationToken).ConfigureAwait(false)).Except(others)];
        return await FromLanesAsync(id, later, cancellationToken).ConfigureAwait(false)
            ?? await FromRecordAsync(id, cancellationToken).ConfigureAwait(false) ?? default;
    }

    private async ValueTask<TaskStatusReport?> FromRecordAsync(TaskId id, CancellationToken cancellationToken)
    {
        StoredRecord? stored = await engine.WorkRecords.GetAsync(id, cancellationToken).ConfigureAwait(false);
        if (stored is not { IsExpired: false } found || TaskRecord.Read(found.Body) is not { IsHidden: false } record)
        {
            return null;
        }

        TaskState state = record.State == TaskState.Retrying && record.Attempt == 0 ? TaskState.Queued : record.State;
        return new TaskStatusReport(state, record.HasEnded ? record.Outcome : default);
    }

    private async ValueTask<TaskStatusReport?> FromLanesAsync(TaskId id, IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken)
    {
        TaskStatusReport?[] found = await Task.WhenAll(lanes.Select(lane => FromLaneAsync(id, engine.Names.Of(lane), cancellationToken))).ConfigureAwait(false);
        return Array.Find(found, report => report is not null);
    }

    private async Task<TaskStatusReport?> FromLaneAsync(TaskId id, LaneNames lane, CancellationToken cancellationToken)
    {
        Task<StoredMessage?> queued = engine.WorkApi.GetLastAsync(lane.Stream, lane.Subject, id, cancellationToken).AsTask();
        Task<StoredMessage?> dead = engine.WorkApi.GetLastAsync(engine.Names.DeadStream, lane.Dead, id, cancellationToken).AsTask();
        await Task.WhenAll(queued, dead).ConfigureAwait(false);
        if (dead.Result is not null)
        {
            return new TaskStatusReport(TaskState.DeadLettered, default);
        }

        ulong? place = queued.Result?.Sequence ?? await engine.Fresh.FindAsync(lane, id, MostLookedAt, cancellationToken).ConfigureAwait(false);
        if (place is not { } sequence)
        {
            return null;
        }

        JsonElement? consumer = await engine.Topology.FindConsumerAsync(lane, cancellationToken).ConfigureAwait(false);
        bool wasDelivered = consumer is { } info && info.TryGetProperty("delivered"u8, out JsonElement delivered)
            && (ulong)JetStreamApi.Long(delivered, "stream_seq"u8) >= sequence;
        return new TaskStatusReport(wasDelivered ? TaskState.Running : TaskState.Queued, default);
    }

    /// <summary>Hears that something was written of a task. Only a hint: what was refused by the server is heard too, so the record is read.</summary>
    private sealed class Changes(string subject) : NatsSubscription
    {
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Next()
        {
            if (_next.Task.IsCompleted)
            {
                Volatile.Write(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            return Volatile.Read(ref _next).Task;
        }

        protected internal override string SubjectFor(string inbox) => subject;

        protected internal override void OnMessage(in NatsFrame frame) => Volatile.Read(ref _next).TrySetResult();

        protected internal override void OnSubscribed() => Volatile.Read(ref _next).TrySetResult();
    }
}
