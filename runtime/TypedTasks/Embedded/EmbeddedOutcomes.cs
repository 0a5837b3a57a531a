using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>The outcomes, read under the engine's lock and copied out.</summary>
internal sealed class EmbeddedOutcomes(EmbeddedEngine engine) : IOutcomeStore
{
    public ValueTask<TaskStatusReport> GetAsync(TaskId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (engine.Gate)
        {
            engine.ThrowIfStopped();
            return new ValueTask<TaskStatusReport>(engine.Table.ReportOf(id));
        }
    }

    public ValueTask<TaskStatusReport> WaitAsync(TaskId id, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<TaskStatusReport>(cancellationToken);
        }

        OutcomeWaiter waiter;
        lock (engine.Gate)
        {
            engine.ThrowIfStopped();
            TaskEntry? entry = engine.Table.Find(id);
            if (entry is null or { Place: TaskPlace.Ended or TaskPlace.Dead })
            {
                return new ValueTask<TaskStatusReport>(entry is null ? default : engine.Table.ReportOf(entry));
            }

            waiter = engine.RentOutcomeWaiter();
            waiter.Begin(entry, cancellationToken);
        }

        return waiter.Wait();
    }

    public ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (engine.Gate)
        {
            engine.ThrowIfStopped();
            engine.Table.ForgetOutcome(id);
        }

        return default;
    }
}
