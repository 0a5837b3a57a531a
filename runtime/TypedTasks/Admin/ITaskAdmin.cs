using TypedTasks.Engine;

namespace TypedTasks;

/// <summary>
/// What an operator sees and does: lanes, workers, dead letters, schedules, pausing, cancelling. Registered by <c>AddTypedTasks</c>; needs an engine, and neither
/// client nor worker. Starts the engine when it is first used.
/// </summary>
/// <remarks>
/// Safe from any thread. Every method asks the engine, so it is for tools and pages, not for the hot path. A lane, queue or task that does not exist
/// is no error: it is empty. Each method throws <see cref="TaskEngineException"/> when the engine does not answer, and asking again is safe.
/// </remarks>
public interface ITaskAdmin
{
    /// <summary>The lanes that exist, with what they hold, in the order of their names.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    IAsyncEnumerable<LaneReport> ListLanesAsync(CancellationToken cancellationToken = default);

    /// <summary>What one lane holds.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    /// <exception cref="ArgumentException">The lane names no queue or no contract, as <c>default(Lane)</c> does.</exception>
    ValueTask<LaneReport> GetLaneAsync(Lane lane, CancellationToken cancellationToken = default);

    /// <summary>The workers that are alive: each says so every ten seconds, and is forgotten when it has not for thirty-five.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    IAsyncEnumerable<WorkerReport> ListWorkersAsync(CancellationToken cancellationToken = default);

    /// <summary>Dead letters, lane by lane, the oldest of each first; read as they are enumerated, so there may be many.</summary>
    /// <param name="filter">Which ones; all by default.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    IAsyncEnumerable<DeadLetter> ListDeadLettersAsync(DeadLetterFilter filter = default, CancellationToken cancellationToken = default);

    /// <summary>Puts a dead letter back into its lane, under its id, as a first attempt; returns whether it was there.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    /// <exception cref="ArgumentException">The lane names no queue or no contract, as <c>default(Lane)</c> does.</exception>
    ValueTask<bool> RequeueAsync(Lane lane, TaskId id, CancellationToken cancellationToken = default);

    /// <summary>Puts dead letters back into their lanes; returns how many. One that fails again meanwhile is not put back a second time.</summary>
    /// <param name="filter">Which ones; the default means all.</param>
    /// <param name="cancellationToken">Stops; those before stay requeued.</param>
    /// <exception cref="TaskEngineException">The engine did not answer; those before are requeued.</exception>
    ValueTask<long> RequeueManyAsync(DeadLetterFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Deletes a dead letter for good; returns whether it was there.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    /// <exception cref="ArgumentException">The lane names no queue or no contract, as <c>default(Lane)</c> does.</exception>
    ValueTask<bool> DeleteDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken = default);

    /// <summary>Deletes dead letters for good; returns how many.</summary>
    /// <param name="filter">Which ones; the default means all.</param>
    /// <param name="cancellationToken">Stops; those before stay deleted.</param>
    /// <exception cref="TaskEngineException">The engine did not answer; those before are deleted.</exception>
    ValueTask<long> DeleteDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Deletes the tasks of a lane that are ready or delayed, and returns how many. Those in workers' hands and the dead letters stay.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer; some may be deleted.</exception>
    /// <exception cref="ArgumentException">The lane names no queue or no contract, as <c>default(Lane)</c> does.</exception>
    ValueTask<long> PurgeAsync(Lane lane, CancellationToken cancellationToken = default);

    /// <summary>Stops deliveries of a queue for every worker until it is resumed, also across restarts. What runs goes on; enqueueing goes on.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    ValueTask PauseAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Resumes deliveries of a queue.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    ValueTask ResumeAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>The schedules by which hosts enqueue, in no order.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    IAsyncEnumerable<ScheduleReport> ListSchedulesAsync(CancellationToken cancellationToken = default);

    /// <summary>Has the occurrences of a schedule passed over from now on, by every host and across restarts; returns whether there is such a schedule. Tasks that are enqueued already run.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer, or a later version of TypedTasks recorded how far the schedule has come.</exception>
    ValueTask<bool> PauseScheduleAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Goes on with a paused schedule, without what was due meanwhile; returns whether there is such a schedule.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer, or a later version of TypedTasks recorded how far the schedule has come.</exception>
    ValueTask<bool> ResumeScheduleAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Cancels a task: a waiting one does not run, a running one has its token fired. Returns false when it has ended already.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    ValueTask<bool> CancelAsync(TaskId id, CancellationToken cancellationToken = default);

    /// <summary>What is known of a task.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer.</exception>
    ValueTask<TaskState> GetStateAsync(TaskId id, CancellationToken cancellationToken = default);
}
