using TypedTasks.Engine;

namespace TypedTasks.Worker;

/// <summary>How a cancellation travels: a tombstone in the state store, so that it outlives every process, and a broadcast, so that it is quick.</summary>
internal static class TaskCancellation
{
    internal const string Channel = "cancel";
    internal const string Prefix = "c:";

    /// <summary>How long a cancellation is remembered for a task that is not delivered in the meantime, unless the engine keeps nothing as long.</summary>
    internal static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    private static readonly byte[] Mark = [1];

    internal static string KeyOf(TaskId id) => $"{Prefix}{id}";

    /// <summary>Asks every worker to cancel a task; returns false when it has ended already.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer; asking again is safe.</exception>
    internal static async ValueTask<bool> RequestAsync(ITaskEngine engine, TaskId id, CancellationToken cancellationToken)
    {
        TaskStatusReport report = await engine.Outcomes.GetAsync(id, cancellationToken).ConfigureAwait(false);
        if (report.HasEnded)
        {
            return false;
        }

        await engine.State.CreateAsync(KeyOf(id), Mark, engine.Limits.Keep(Remembered), cancellationToken).ConfigureAwait(false);
        if ((await engine.Outcomes.GetAsync(id, cancellationToken).ConfigureAwait(false)).HasEnded)
        {
            // It ended between the two looks, and no worker may hear of the tombstone any more.
            await ForgetAsync(engine.State, id, cancellationToken).ConfigureAwait(false);
            return false;
        }

        byte[] message = new byte[TaskId.Size];
        id.Write(message);
        await engine.Broadcast.PublishAsync(Channel, message, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes the tombstone away once the task has ended.</summary>
    internal static async ValueTask ForgetAsync(IStateStore state, TaskId id, CancellationToken cancellationToken)
    {
        string key = KeyOf(id);
        if (await state.GetAsync(key, cancellationToken).ConfigureAwait(false) is { } tombstone)
        {
            await state.DeleteAsync(key, tombstone.Revision, cancellationToken).ConfigureAwait(false);
        }
    }
}
