using TypedTasks.Client;
using TypedTasks.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.Worker;

namespace TypedTasks.Scheduling;

/// <summary>
/// Enqueues the tasks of one schedule, beside the drivers of the same schedule in other hosts. A record in the state store says how far all of them have come. An occurrence is enqueued first and
/// noted then: a driver that dies in between leaves it to another, which meets the same id.
/// </summary>
internal sealed class ScheduleDriver(ScheduleRegistration registration, WorkerEnvironment environment)
{
    /// <summary>How late an occurrence may be that is enqueued all the same where missed ones are passed over.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    // A clock that is set is noticed within it.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // Who enqueued the last occurrence goes first, so that a crowd of hosts does not try all at once.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(500);

    // Longer than a schedule that comes once a year may have nobody to renew it.
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private readonly string _key = ScheduleRecord.KeyOf(registration.Name);
    private readonly DateTimeOffset _startedAt = environment.Time.GetUtcNow();
    private ScheduleRecord? _known;
    private DateTimeOffset _renewAt;
    private bool _goesFirst;
    private bool _isIntroduced;

    private IStateStore State => environment.Engine.State;

    private TaskSchedule Schedule => registration.Schedule;

    private TimeSpan TimeToLive => environment.Engine.Limits.Keep(Kept);

    /// <summary>Goes on until it is stopped, or the schedule has no more occurrences.</summary>
    internal async Task RunAsync(CancellationToken stopped)
    {
        for (int failures = 0; !stopped.IsCancellationRequested;)
        {
            DateTimeOffset? next;
            try
            {
                next = await AdvanceAsync(stopped).ConfigureAwait(false);
                failures = 0;
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                ScheduleLog.Failed(environment.Logger, registration.Name, ++failures, failure);
                await EngineRetry.PauseAsync(failures, environment, stopped).ConfigureAwait(false);
                continue;
            }

            if (next is null)
            {
                ScheduleLog.ScheduleEnded(environment.Logger, registration.Name);
                return;
            }

            await WaitAsync(next.Value, stopped).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until an occurrence is due, or the record is to be renewed.</summary>
    private async ValueTask WaitAsync(DateTimeOffset next, CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested)
        {
            DateTimeOffset now = environment.Time.GetUtcNow();
            TimeSpan left = (next < _renewAt ? next : _renewAt) - now;
            if (left <= TimeSpan.Zero)
            {
                if (now >= next && !_goesFirst)
                {
                    await environment.DelayAsync(LongestTurn * environment.Random.NextDouble(), stopped).ConfigureAwait(false);
                }

                return;
            }

            // Timers count whole milliseconds.
            TimeSpan wait = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await environment.DelayAsync(wait < LongestWait ? wait : LongestWait, stopped).ConfigureAwait(false);
        }
    }

    /// <summary>Deals with everything that is due, and says what comes next; null for nothing any more.</summary>
    private async ValueTask<DateTimeOffset?> AdvanceAsync(CancellationToken stopped)
    {
        StateEntry entry = await State.GetAsync(_key, stopped).ConfigureAwait(false) ?? await BeginAsync(stopped).ConfigureAwait(false);
        _goesFirst = false;
        while (true)
        {
            DateTimeOffset now = environment.Time.GetUtcNow();
            ScheduleRecord record = ScheduleRecord.Read(entry.Value);
            _known = record;
            DateTimeOffset after = DateTimeOffset.FromUnixTimeMilliseconds(record.After);
            if (record.Text != Schedule.Text && after < _startedAt)
            {
                // By another rule nothing was missed.
                after = _startedAt;
            }

            DateTimeOffset? first = Occurrences.First(Schedule, after);
            if (!_isIntroduced && record.Text != Schedule.Text)
            {
                // Said once: while hosts with both rules are there, each enqueues by its own, and the record tells of the newer one.
                entry = (await WriteAsync(entry, Changed(record, after, record.Last, first), stopped).ConfigureAwait(false)).Current;
                _isIntroduced = true;
                continue;
            }

            _isIntroduced = true;
            if (first is null || first > now)
            {
                await RenewAsync(entry, now, stopped).ConfigureAwait(false);
                return first;
            }

            DateTimeOffset due = Schedule.Missed == MissedRuns.Each ? first.Value : Occurrences.Latest(Schedule, after, now)!.Value;
            string? passedOver = await FindReasonToPassAsync(record, due, now, stopped).ConfigureAwait(false);
            if (passedOver is null)
            {
                _goesFirst |= await PublishAsync(due, now, stopped).ConfigureAwait(false) == PublishStatus.Accepted;
            }

            long last = passedOver is null ? due.ToUnixTimeMilliseconds() : record.Last;
            StateWrite write = await WriteAsync(entry, Changed(record, due, last, Occurrences.First(Schedule, due)), stopped).ConfigureAwait(false);
            if (write.Applied)
            {
                Tell(first.Value, due, passedOver);
            }

            entry = write.Current;
        }
    }

    private ScheduleRecord Changed(ScheduleRecord record, DateTimeOffset after, long last, DateTimeOffset? next) => record with
    {
        Task = registration.Task.Name,
        Text = Schedule.Text,
        After = after.ToUnixTimeMilliseconds(),
        Last = last,
        Next = next?.ToUnixTimeMilliseconds() ?? 0,
    };

    /// <summary>Replaces the record; where another host was faster, the entry is that host's.</summary>
    private async ValueTask<StateWrite> WriteAsync(StateEntry entry, ScheduleRecord changed, CancellationToken stopped)
    {
        StateWrite write = await State.ReplaceAsync(_key, entry.Revision, changed.ToBytes(), TimeToLive, stopped).ConfigureAwait(false);
        if (!write.Applied && write.Current.Value.IsEmpty)
        {
            // Deleted meanwhile, by hand or by its time.
            write = await State.CreateAsync(_key, changed.ToBytes(), TimeToLive, stopped).ConfigureAwait(false);
        }

        _renewAt = environment.Time.GetUtcNow() + (TimeToLive / 3);
        return write;
    }

    /// <summary>A schedule that nobody knew begins now; one whose record is lost goes on from where this host saw it last.</summary>
    private async ValueTask<StateEntry> BeginAsync(CancellationToken stopped)
    {
        ScheduleRecord record = _known ?? New(environment.Time.GetUtcNow());
        return (await State.CreateAsync(_key, record.ToBytes(), TimeToLive, stopped).ConfigureAwait(false)).Current;
    }

    private ScheduleRecord New(DateTimeOffset now) =>
        new(registration.Task.Name, Schedule.Text, now.ToUnixTimeMilliseconds(), Last: 0, Occurrences.First(Schedule, now)?.ToUnixTimeMilliseconds() ?? 0, IsPaused: false);

    /// <summary>Keeps the record of a schedule that comes seldom from being forgotten.</summary>
    private async ValueTask RenewAsync(StateEntry entry, DateTimeOffset now, CancellationToken stopped)
    {
        if (now >= _renewAt)
        {
            await State.ReplaceAsync(_key, entry.Revision, entry.Value, TimeToLive, stopped).ConfigureAwait(false);
            _renewAt = now + (TimeToLive / 3);
        }
    }

    private async ValueTask<string?> FindReasonToPassAsync(ScheduleRecord record, DateTimeOffset due, DateTimeOffset now, CancellationToken stopped)
    {
        if (record.IsPaused)
        {
            return "it is paused";
        }

        if (Schedule.Missed == MissedRuns.Skip && now - due >= Grace)
        {
            return "it is late";
        }

        return Schedule.SkipWhileRunning && record.Last != 0 && await IsRunningAsync(DateTimeOffset.FromUnixTimeMilliseconds(record.Last), stopped).ConfigureAwait(false)
            ? "the task of the one before has not ended"
            : null;
    }

    private async ValueTask<bool> IsRunningAsync(DateTimeOffset occurrence, CancellationToken stopped) =>
        (await environment.Engine.Outcomes.GetAsync(registration.IdOf(occurrence), stopped).ConfigureAwait(false)).State is TaskState.Queued or TaskState.Running or TaskState.Retrying;

    private async ValueTask<PublishStatus> PublishAsync(DateTimeOffset due, DateTimeOffset now, CancellationToken stopped)
    {
        TaskId id = registration.IdOf(due);
        SendTelemetry observed = SendTelemetry.Start(registration.Task, id, environment.Metrics, environment.Time);
        try
        {
            EnvelopeAttributes attributes = default(EnqueueOptions).ToAttributes(registration.Task, now, notBefore: default);
            if (registration.Task.Idempotency == TaskIdempotency.Keyed)
            {
                // The arguments are the same each time: a key made of them would let the first occurrence run, and none other within its window.
                attributes.Key = registration.KeyOf(due);
            }

            attributes.Occurrence = new ScheduleOccurrence(registration.Name, due.ToUnixTimeMilliseconds());
            TaskActivities.Stamp(ref attributes);
            var envelope = new OccurrenceEnvelope(registration, id, now.ToUnixTimeMilliseconds(), attributes, environment.Engine.Limits.MaxEnvelopeLength);
            PublishStatus status = await environment.Engine.PublishAsync(new TaskAddress(registration.Task.Lane, id, DateTimeOffset.MinValue), envelope, stopped).ConfigureAwait(false);
            observed.Succeeded(status);
            return status;
        }
        catch (Exception failure)
        {
            observed.Failed(failure);
            throw;
        }
    }

    private void Tell(DateTimeOffset first, DateTimeOffset due, string? passedOver)
    {
        if (first < due)
        {
            ScheduleLog.OccurrencesMissed(environment.Logger, registration.Name, first, due);
        }

        if (passedOver is null)
        {
            ScheduleLog.OccurrenceEnqueued(environment.Logger, registration.Name, due, registration.IdOf(due));
        }
        else
        {
            ScheduleLog.OccurrencePassedOver(environment.Logger, registration.Name, due, passedOver);
        }

        environment.Metrics.Occurred(registration, passedOver is null);
    }
}
