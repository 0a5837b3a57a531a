using System.Runtime.CompilerServices;
using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>What an operator may see and do. A lane that does not exist is empty.</summary>
internal sealed class EmbeddedAdministration(EmbeddedEngine engine, LaneMap lanes) : IEngineAdministration
{
    private const int PageSize = 256;

    public ValueTask<IReadOnlyList<Lane>> ListLanesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (engine.Gate)
        {
            engine.ThrowIfStopped();
        }

        return new ValueTask<IReadOnlyList<Lane>>(Array.ConvertAll(lanes.All, lane => lane.Name));
    }

    public ValueTask<LaneStatistics> GetStatisticsAsync(Lane lane, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (engine.Gate)
        {
            engine.ThrowIfStopped();
            return new ValueTask<LaneStatistics>(lanes.Find(lane) is { } known
                ? engine.Table.StatisticsOf(known)
                : new LaneStatistics { IsPaused = engine.Table.IsPaused(lane.Queue) });
        }
    }

    public async IAsyncEnumerable<StoredDeadLetter> ListDeadLettersAsync(Lane lane, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (lanes.Find(lane) is not { } known)
        {
            yield break;
        }

        TaskEntry? cursor = null;
        long sequence = 0;
        List<StoredDeadLetter> page;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (engine.Gate)
            {
                engine.ThrowIfStopped();
                page = TaskTable.DeadLettersAfter(known, PageSize, ref cursor, ref sequence);
            }

            foreach (StoredDeadLetter letter in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return letter;
            }
        }
        while (page.Count > 0);
    }

    public ValueTask<bool> RequeueDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken) =>
        Change(lane, false, (EmbeddedLane known, ref ResumeList resume) => engine.Table.RequeueDeadLetter(known, id, ref resume), cancellationToken);

    public ValueTask<bool> DeleteDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken) =>
        Change(lane, false, (EmbeddedLane known, ref ResumeList resume) => engine.Table.DeleteDeadLetter(known, id, ref resume), cancellationToken);

    public ValueTask<long> PurgeAsync(Lane lane, CancellationToken cancellationToken) =>
        Change(lane, 0L, (EmbeddedLane known, ref ResumeList resume) => engine.Table.Purge(known, ref resume), cancellationToken);

    public ValueTask PauseAsync(string queue, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        cancellationToken.ThrowIfCancellationRequested();
        lock (engine.Gate)
        {
            engine.ThrowIfStopped();
            engine.Table.Pause(queue);
        }

        return default;
    }

    public ValueTask ResumeAsync(string queue, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        cancellationToken.ThrowIfCancellationRequested();
        ResumeList resume = default;
        lock (engine.Gate)
        {
            engine.ThrowIfStopped();
            engine.Table.Resume(queue, ref resume);
        }

        resume.Resume(engine.Options.Resume);
        return default;
    }

    private delegate T LaneChange<T>(EmbeddedLane lane, ref ResumeList resume);

    private ValueTask<T> Change<T>(Lane lane, T nothing, LaneChange<T> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ResumeList resume = default;
        T result = nothing;
        lock (engine.Gate)
        {
            engine.ThrowIfStopped();
            if (lanes.Find(lane) is { } known)
            {
                result = change(known, ref resume);
            }
        }

        resume.Resume(engine.Options.Resume);
        return new ValueTask<T>(result);
    }
}
