namespace TypedTasks;

/// <summary>A task that was enqueued: its id, and the way to its outcome. A small value; copy it freely.</summary>
/// <remarks>
/// Safe from any thread. Each method but the two that wait for the result, which outlast a lost connection, throws <see cref="TaskEngineException"/> when the engine does not answer;
/// asking again is safe. The default value belongs to no task: its methods throw <see cref="InvalidOperationException"/>.
/// </remarks>
/// <typeparam name="TResult">The task's result; <see cref="NoResult"/> for a task that returns none.</typeparam>
public readonly struct TaskHandle<TResult> : IEquatable<TaskHandle<TResult>>
{
    private readonly ITaskTracker<TResult>? _tracker;

    /// <summary>Makes a handle. For clients and their fakes; a handle of a task comes from enqueueing it, or from the client by the task's id.</summary>
    /// <param name="id">The task's id.</param>
    /// <param name="tracker">Follows the task.</param>
    /// <param name="isDuplicate">Whether the engine had accepted this id before.</param>
    public TaskHandle(TaskId id, ITaskTracker<TResult> tracker, bool isDuplicate = false)
    {
        Id = id;
        _tracker = tracker;
        IsDuplicate = isDuplicate;
    }

    /// <summary>A handle of a task that was enqueued before.</summary>
    /// <exception cref="ArgumentException">The id is the empty one.</exception>
    internal static TaskHandle<TResult> Of(TaskId id, ITaskTracker<TResult> tracker) =>
        id.IsEmpty ? throw new ArgumentException("The id is empty: no task has it.", nameof(id)) : new(id, tracker);

    /// <summary>The task's id.</summary>
    public TaskId Id { get; }

    /// <summary>Whether the engine had accepted a task of this id before, so that this enqueueing added none.</summary>
    public bool IsDuplicate { get; }

    /// <summary>Waits for the task and returns its result.</summary>
    /// <param name="cancellationToken">Gives up waiting; the task goes on.</param>
    /// <exception cref="TaskFailedException">The task failed for good, was cancelled or expired.</exception>
    /// <exception cref="TaskOutcomeUnavailableException">The outcome is not kept, or not any more; or a worker of another version wrote a result that this contract cannot read.</exception>
    public ValueTask<TResult> ResultAsync(CancellationToken cancellationToken = default) =>
        Tracker.WaitAsync(Id, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits for the task, no longer than <paramref name="timeout"/>, and returns its result.</summary>
    /// <param name="timeout">The longest wait. Zero only looks; <see cref="Timeout.InfiniteTimeSpan"/>, and what is longer than 49 days, wait without limit.</param>
    /// <param name="cancellationToken">Gives up waiting; the task goes on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative.</exception>
    /// <exception cref="TaskWaitTimeoutException">The task has not ended in time; it goes on.</exception>
    /// <exception cref="TaskFailedException">The task failed for good, was cancelled or expired.</exception>
    /// <exception cref="TaskOutcomeUnavailableException">The outcome is not kept, or not any more; or a worker of another version wrote a result that this contract cannot read.</exception>
    public ValueTask<TResult> ResultAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        }

        return Tracker.WaitAsync(Id, timeout, cancellationToken);
    }

    /// <summary>What is known of the task now.</summary>
    public ValueTask<TaskState> StateAsync(CancellationToken cancellationToken = default) => Tracker.StateAsync(Id, cancellationToken);

    /// <summary>The last progress that the task reported, or null.</summary>
    /// <exception cref="TaskConfigurationException">There is no codec for <typeparamref name="TProgress"/>.</exception>
    /// <exception cref="TaskOutcomeUnavailableException">The worker, perhaps one of another version, reported something that is no <typeparamref name="TProgress"/>.</exception>
    public ValueTask<TaskProgress<TProgress>?> ProgressAsync<TProgress>(CancellationToken cancellationToken = default) =>
        Tracker.ProgressAsync<TProgress>(Id, cancellationToken);

    /// <summary>The task's progress as it reports it, until it ends. Steps that follow each other closely may be left out.</summary>
    /// <exception cref="TaskConfigurationException">There is no codec for <typeparamref name="TProgress"/>.</exception>
    /// <exception cref="TaskOutcomeUnavailableException">The worker, perhaps one of another version, reported something that is no <typeparamref name="TProgress"/>.</exception>
    public IAsyncEnumerable<TaskProgress<TProgress>> WatchAsync<TProgress>(CancellationToken cancellationToken = default) =>
        Tracker.WatchAsync<TProgress>(Id, cancellationToken);

    /// <summary>
    /// Cancels the task: a waiting one does not run, a running one has its token fired. Remembered for seven days, or as long as the engine keeps anything, also across restarts of the worker.
    /// Returns false when the task has ended already.
    /// </summary>
    public ValueTask<bool> CancelAsync(CancellationToken cancellationToken = default) => Tracker.CancelAsync(Id, cancellationToken);

    /// <summary>Forgets the task's outcome, if it has ended.</summary>
    public ValueTask ForgetAsync(CancellationToken cancellationToken = default) => Tracker.ForgetAsync(Id, cancellationToken);

    private ITaskTracker<TResult> Tracker =>
        _tracker ?? throw new InvalidOperationException("This handle belongs to no task. Use the one that EnqueueAsync returned.");

    /// <inheritdoc/>
    public bool Equals(TaskHandle<TResult> other) => Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskHandle<TResult> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>The task's id.</summary>
    public override string ToString() => Id.ToString();

    /// <summary>Whether two handles are of the same task.</summary>
    public static bool operator ==(TaskHandle<TResult> left, TaskHandle<TResult> right) => left.Equals(right);

    /// <summary>Whether two handles are of different tasks.</summary>
    public static bool operator !=(TaskHandle<TResult> left, TaskHandle<TResult> right) => !left.Equals(right);
}
