namespace TypedTasks;

/// <summary>
/// Follows tasks with one type of result: what a <see cref="TaskHandle{TResult}"/> asks. Implemented by clients, and by the fakes of tests.
/// </summary>
/// <remarks>Safe from any thread. Each method but <see cref="WaitAsync"/>, which outlasts a lost connection, throws <see cref="TaskEngineException"/> when the engine does not answer; asking again is safe.</remarks>
/// <typeparam name="TResult">The result.</typeparam>
public interface ITaskTracker<TResult>
{
    /// <summary>Waits for the end of a task and returns its result.</summary>
    /// <param name="id">The task.</param>
    /// <param name="timeout">The longest wait, or <see cref="Timeout.InfiniteTimeSpan"/>; more than 49 days is for ever.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TaskFailedException">The task failed for good, was cancelled or expired.</exception>
    /// <exception cref="TaskWaitTimeoutException">The task has not ended in time.</exception>
    /// <exception cref="TaskOutcomeUnavailableException">The outcome is not kept, or not any more; or it cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The longest wait is negative.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the task goes on.</exception>
    ValueTask<TResult> WaitAsync(TaskId id, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>What is known of a task now.</summary>
    ValueTask<TaskState> StateAsync(TaskId id, CancellationToken cancellationToken);

    /// <summary>The last progress that a task reported, or null when it reported none, or none that is still kept.</summary>
    /// <exception cref="TaskConfigurationException">There is no codec for <typeparamref name="TProgress"/>.</exception>
    /// <exception cref="TaskOutcomeUnavailableException">The worker, perhaps one of another version, reported something that is no <typeparamref name="TProgress"/>.</exception>
    ValueTask<TaskProgress<TProgress>?> ProgressAsync<TProgress>(TaskId id, CancellationToken cancellationToken);

    /// <summary>The progress of a task as it reports it, the last one first, until it ends. Steps that follow each other closely may be left out.</summary>
    /// <exception cref="TaskConfigurationException">There is no codec for <typeparamref name="TProgress"/>.</exception>
    /// <exception cref="TaskOutcomeUnavailableException">The worker, perhaps one of another version, reported something that is no <typeparamref name="TProgress"/>.</exception>
    IAsyncEnumerable<TaskProgress<TProgress>> WatchAsync<TProgress>(TaskId id, CancellationToken cancellationToken);

    /// <summary>Cancels a task: a waiting one does not run, a running one has its token fired. Returns false when it has ended already.</summary>
    ValueTask<bool> CancelAsync(TaskId id, CancellationToken cancellationToken);

    /// <summary>Forgets the outcome of a task that has ended.</summary>
    ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken);
}
