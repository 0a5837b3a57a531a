using System.Runtime.CompilerServices;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;
using TypedTasks.Scheduling;
using TypedTasks.Worker;

namespace TypedTasks.Admin;

/// <summary>Administration through the host's engine.</summary>
internal sealed class TaskAdmin(EngineHost host) : ITaskAdmin
{
    public async IAsyncEnumerable<LaneReport> ListLanesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (Lane lane in await LanesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return await GetLaneAsync(lane, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<LaneReport> GetLaneAsync(Lane lane, CancellationToken cancellationToken)
    {
        lane.ThrowIfUnnamed(nameof(lane));
        IEngineAdministration engine = await EngineAsync(cancellationToken).ConfigureAwait(false);
        LaneStatistics lot = await engine.GetStatisticsAsync(lane, cancellationToken).ConfigureAwait(false);
        return new LaneReport(lane)
        {
            Ready = lot.Ready,
            Delayed = lot.Delayed,
            InFlight = lot.InFlight,
            DeadLetters = lot.DeadLetters,
            OldestReadyAt = lot.OldestReadyAt,
            IsPaused = lot.IsPaused,
        };
    }

    public async IAsyncEnumerable<WorkerReport> ListWorkersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        await foreach ((string key, StateEntry entry) in host.Engine.State.ListAsync(WorkerRecord.Prefix, cancellationToken).ConfigureAwait(false))
        {
            if (TryRead(key[WorkerRecord.Prefix.Length..], entry.Value) is { } worker)
            {
                yield return worker;
            }
        }
    }

    public async IAsyncEnumerable<DeadLetter> ListDeadLettersAsync(DeadLetterFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IEngineAdministration engine = await EngineAsync(cancellationToken).ConfigureAwait(false);
        foreach (Lane lane in (await LanesAsync(cancellationToken).ConfigureAwait(false)).Where(filter.Takes))
        {
            await foreach (StoredDeadLetter stored in engine.ListDeadLettersAsync(lane, cancellationToken).ConfigureAwait(false))
            {
                DeadLetter letter = Open(stored);
                if (filter.Takes(letter))
                {
                    yield return letter;
                }
            }
        }
    }

    public async ValueTask<bool> RequeueAsync(Lane lane, TaskId id, CancellationToken cancellationToken)
    {
        lane.ThrowIfUnnamed(nameof(lane));
        return await (await EngineAsync(cancellationToken).ConfigureAwait(false)).RequeueDeadLetterAsync(lane, id, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<long> RequeueManyAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        ChangeManyAsync(filter, static (engine, letter, token) => engine.RequeueDeadLetterAsync(letter.Lane, letter.Id, token), cancellationToken);

    public async ValueTask<bool> DeleteDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken)
    {
        lane.ThrowIfUnnamed(nameof(lane));
        return await (await EngineAsync(cancellationToken).ConfigureAwait(false)).DeleteDeadLetterAsync(lane, id, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<long> DeleteDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        ChangeManyAsync(filter, static (engine, letter, token) => engine.DeleteDeadLetterAsync(letter.Lane, letter.Id, token), cancellationToken);

    public async ValueTask<long> PurgeAsync(Lane lane, CancellationToken cancellationToken)
    {
        lane.ThrowIfUnnamed(nameof(lane));
        return await (await EngineAsync(cancellationToken).ConfigureAwait(false)).PurgeAsync(lane, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask PauseAsync(string queue, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        await (await EngineAsync(cancellationToken).ConfigureAwait(false)).PauseAsync(queue, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ResumeAsync(string queue, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        await (await EngineAsync(cancellationToken).ConfigureAwait(false)).ResumeAsync(queue, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<ScheduleReport> ListSchedulesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ScheduleReport schedule in (await SchedulesAsync(cancellationToken).ConfigureAwait(false)).ListAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return schedule;
        }
    }

    public ValueTask<bool> PauseScheduleAsync(string name, CancellationToken cancellationToken) => SetPausedAsync(name, isPaused: true, cancellationToken);

    public ValueTask<bool> ResumeScheduleAsync(string name, CancellationToken cancellationToken) => SetPausedAsync(name, isPaused: false, cancellationToken);

    public async ValueTask<bool> CancelAsync(TaskId id, CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        return await TaskCancellation.RequestAsync(host.Engine, id, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<TaskState> GetStateAsync(TaskId id, CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        return (await host.Engine.Outcomes.GetAsync(id, cancellationToken).ConfigureAwait(false)).State;
    }

    /// <summary>
    /// Changes letters while they are listed, holding none: oldest first, and no more of a lane than it had at the beginning. A requeued task that fails
    /// again comes back as the youngest, so it is not met a second time.
    /// </summary>
    private async ValueTask<long> ChangeManyAsync(DeadLetterFilter filter, Func<IEngineAdministration, DeadLetter, CancellationToken, ValueTask<bool>> change, CancellationToken cancellationToken)
    {
        IEngineAdministration engine = await EngineAsync(cancellationToken).ConfigureAwait(false);
        long changed = 0;
        foreach (Lane lane in (await LanesAsync(cancellationToken).ConfigureAwait(false)).Where(filter.Takes))
        {
            long left = (await engine.GetStatisticsAsync(lane, cancellationToken).ConfigureAwait(false)).DeadLetters;
            if (left == 0)
            {
                continue;
            }

            await foreach (StoredDeadLetter stored in engine.ListDeadLettersAsync(lane, cancellationToken).ConfigureAwait(false))
            {
                DeadLetter letter = Open(stored);
                if (filter.Takes(letter) && await change(engine, letter, cancellationToken).ConfigureAwait(false))
                {
                    changed++;
                }

                if (--left == 0)
                {
                    break;
                }
            }
        }

        return changed;
    }

    private async ValueTask<bool> SetPausedAsync(string name, bool isPaused, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return await (await SchedulesAsync(cancellationToken).ConfigureAwait(false)).SetPausedAsync(name, isPaused, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ScheduleBook> SchedulesAsync(CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        return new ScheduleBook(host.Engine.State, host.Engine.Limits, host.Time);
    }

    private async ValueTask<IEngineAdministration> EngineAsync(CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        return host.Engine.Administration;
    }

    private async ValueTask<IEnumerable<Lane>> LanesAsync(CancellationToken cancellationToken)
    {
        IEngineAdministration engine = await EngineAsync(cancellationToken).ConfigureAwait(false);
        return (await engine.ListLanesAsync(cancellationToken).ConfigureAwait(false)).OrderBy(lane => lane.ToString(), StringComparer.Ordinal);
    }

    private static DeadLetter Open(StoredDeadLetter stored)
    {
        var letter = new DeadLetter(stored.Lane, stored.Id, stored.Note.Reason, stored.Note.At, stored.Note.Attempts)
        {
            Failure = stored.Note.Failure,
            Envelope = stored.Envelope,
        };
        try
        {
            EnvelopeView envelope = EnvelopeView.Read(stored.Envelope);
            return letter with
            {
                TaskName = Encoding.UTF8.GetString(envelope.Name),
                EnqueuedAt = DateTimeOffset.FromUnixTimeMilliseconds(envelope.EnqueuedAt),
                Parent = envelope.Parent,
            };
        }
        catch (MessagePackException)
        {
            // That may be why it is a dead letter; its bytes say more than we can.
            return letter;
        }
    }

    private static WorkerReport? TryRead(string name, ReadOnlyMemory<byte> record)
    {
        try
        {
            return WorkerRecord.Read(name, record);
        }
        catch (Exception failure) when (failure is MessagePackException or ArgumentOutOfRangeException)
        {
            // A worker of another version: it is there, but says it in words that are not known here.
            return null;
        }
    }
}
