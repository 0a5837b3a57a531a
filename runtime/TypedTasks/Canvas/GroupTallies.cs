using TypedTasks.Engine;
using TypedTasks.Shared;

namespace TypedTasks.Canvases;

/// <summary>A group's record as it stands in the store.</summary>
internal readonly record struct GroupState(GroupRecord Record, long Revision);

/// <summary>
/// Notes the ends of groups' members. Members of one group that end at the same time in this process are noted by one write of its record, made by one of them for all: each by itself would meet the
/// others' writes, and try again and again.
/// </summary>
internal sealed class GroupTallies(IStateStore state, Action<IThreadPoolWorkItem> queue)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TaskId, Tally> _tallies = [];

    /// <summary>Notes that a member has ended.</summary>
    /// <param name="join">The member, which the group has.</param>
    /// <param name="succeeded">Whether it has succeeded.</param>
    /// <param name="seen">The record as the caller has read it.</param>
    /// <param name="keep">How long the record is kept from now on.</param>
    /// <param name="cancellationToken">Gives up; only where the caller writes for all.</param>
    /// <returns>The record with that end in it, and whether the caller wrote it: who goes on with a group that it makes full.</returns>
    /// <exception cref="CanvasLostException">The record is not there any more.</exception>
    /// <exception cref="MessagePack.MessagePackException">The record cannot be read.</exception>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    internal async ValueTask<(GroupState State, bool IsWriter)> NoteAsync(SequenceJoin join, bool succeeded, GroupState seen, TimeSpan keep, CancellationToken cancellationToken)
    {
        var note = new Note(join.Place, succeeded, queue);
        Tally tally;
        lock (_gate)
        {
            if (!_tallies.TryGetValue(join.Group, out tally!))
            {
                _tallies[join.Group] = tally = new Tally();
            }

            tally.Waiting.Add(note);
            note.IsWriter = !tally.IsWritten;
            tally.IsWritten = true;
        }

        if (!note.IsWriter)
        {
            await note.Done.WaitAsync().ConfigureAwait(false);
        }

        return note.IsWriter
            ? (await WriteAsync(join.Group, tally, note, seen, keep, cancellationToken).ConfigureAwait(false), true)
            : (note.Failure is null ? note.State : throw note.Failure, false);
    }

    /// <summary>Writes what has gathered, tells those whose ends these are, and has the next of those who came since write theirs.</summary>
    private async ValueTask<GroupState> WriteAsync(TaskId group, Tally tally, Note own, GroupState seen, TimeSpan keep, CancellationToken cancellationToken)
    {
        Note[] batch;
        lock (_gate)
        {
            batch = [.. tally.Waiting];
            tally.Waiting.Clear();
            seen = tally.Known ?? seen;
        }

        GroupState? written = null;
        Exception? failure = null;
        try
        {
            written = await WriteAsync(group, batch, seen, keep, cancellationToken).ConfigureAwait(false);
            return written.Value;
        }
        catch (Exception failed)
        {
            failure = failed;
            throw;
        }
        finally
        {
            Note? next;
            lock (_gate)
            {
                tally.Known = written;
                next = tally.Waiting.Count > 0 ? tally.Waiting[0] : null;
                if (next is null)
                {
                    _tallies.Remove(group);
                }
            }

            foreach (Note note in batch.Where(note => note != own))
            {
                note.State = written ?? default;
                note.Failure = failure;
                note.Done.Set();
            }

            if (next is not null)
            {
                next.IsWriter = true;
                next.Done.Set();
            }
        }
    }

    private async ValueTask<GroupState> WriteAsync(TaskId group, Note[] batch, GroupState known, TimeSpan keep, CancellationToken cancellationToken)
    {
        while (!known.Record.IsJoined)
        {
            GroupRecord changed = batch.Aggregate(known.Record, (record, note) => record.With(note.Place, note.Succeeded));
            if (ReferenceEquals(changed, known.Record))
            {
                return known;
            }

            StateWrite write = await state.ReplaceAsync(GroupRecord.KeyOf(group), known.Revision, changed.ToBytes(), keep, cancellationToken).ConfigureAwait(false);
            if (write.Applied)
            {
                return new GroupState(changed, write.Current.Revision);
            }

            known = Open(group, write.Current.Value.IsEmpty ? null : write.Current);
        }

        return known;
    }

    internal static GroupState Open(TaskId group, StateEntry? entry) => entry is { } found
        ? new GroupState(GroupRecord.Read(found.Value), found.Revision)
        : throw new CanvasLostException($"The group {group} is not known any more: none of its members has ended for as long as the engine keeps such a record.");

    private sealed class Tally
    {
        internal List<Note> Waiting { get; } = [];

        /// <summary>The record as it was last written here.</summary>
        internal GroupState? Known { get; set; }

        /// <summary>Somebody writes, or is about to.</summary>
        internal bool IsWritten { get; set; }
    }

    /// <summary>The end of one member.</summary>
    private sealed class Note(int place, bool succeeded, Action<IThreadPoolWorkItem> queue)
    {
        internal int Place => place;

        internal bool Succeeded => succeeded;

        internal bool IsWriter { get; set; }

        internal GroupState State { get; set; }

        internal Exception? Failure { get; set; }

        internal WorkSignal Done { get; } = new(queue);
    }
}
