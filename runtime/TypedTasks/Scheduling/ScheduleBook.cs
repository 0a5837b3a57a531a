using System.Runtime.CompilerServices;
using TypedTasks.Engine;
using TypedTasks.MessagePack;

namespace TypedTasks.Scheduling;

/// <summary>The records of all schedules, as an operator sees and changes them.</summary>
internal sealed class ScheduleBook(IStateStore state, EngineLimits limits, TimeProvider time)
{
    internal async IAsyncEnumerable<ScheduleReport> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((string key, StateEntry entry) in state.ListAsync(ScheduleRecord.Prefix, cancellationToken).ConfigureAwait(false))
        {
            if (TryRead(entry.Value) is { } record)
            {
                yield return Report(key[ScheduleRecord.Prefix.Length..], record);
            }
        }
    }

    /// <summary>Pauses or resumes; false for a schedule that is not known.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer, or holds a record of a later version.</exception>
    internal async ValueTask<bool> SetPausedAsync(string name, bool isPaused, CancellationToken cancellationToken)
    {
        string key = ScheduleRecord.KeyOf(name);
        StateEntry? entry = await state.GetAsync(key, cancellationToken).ConfigureAwait(false);
        while (entry is { Value.IsEmpty: false } found)
        {
            ScheduleRecord record = TryRead(found.Value)
                ?? throw new TaskEngineException($"How far the schedule '{name}' has come was recorded by a later version of TypedTasks, and cannot be changed by this one. Do it from a process of that version.");
            if (record.IsPaused == isPaused)
            {
                return true;
            }

            // What was due meanwhile was passed over, also where no host was there to say so.
            long after = isPaused ? record.After : Math.Max(record.After, time.GetUtcNow().ToUnixTimeMilliseconds());
            byte[] changed = (record with { IsPaused = isPaused, After = after }).ToBytes();
            StateWrite write = await state.ReplaceAsync(key, found.Revision, changed, limits.Keep(ScheduleDriver.Kept), cancellationToken).ConfigureAwait(false);
            if (write.Applied)
            {
                return true;
            }

            entry = write.Current;
        }

        return false;
    }

    private static ScheduleReport Report(string name, ScheduleRecord record)
    {
        DateTimeOffset? last = At(record.Last);
        return new ScheduleReport(name, record.Task, record.Text, last, last is { } occurrence ? TaskId.Of(occurrence, name) : TaskId.Empty, At(record.Next), record.IsPaused);
    }

    private static DateTimeOffset? At(long milliseconds) => milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static ScheduleRecord? TryRead(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return ScheduleRecord.Read(bytes);
        }
        catch (MessagePackException)
        {
            // Of a host of another version, which says it in words that are not known here.
            return null;
        }
    }
}
