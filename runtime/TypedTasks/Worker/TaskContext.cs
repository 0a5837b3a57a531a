namespace TypedTasks;

/// <summary>
/// What a handler may know and say of the attempt it runs. Take it as a trailing parameter of the contract's method: the worker supplies it, and it is never sent.
/// </summary>
/// <remarks>
/// It is of use until the handler's task completes. Kept beyond it, it still tells of its own task, but runs no effect and reports nothing: <see cref="OnceAsync{T}"/> and
/// <see cref="ReportAsync"/> then fail with <see cref="LeaseLostException"/>. Each attempt of a handler that takes one allocates one.
/// </remarks>
public abstract class TaskContext
{
    private protected TaskContext()
    {
    }

    /// <summary>The task's id, the same in every attempt.</summary>
    public abstract TaskId Id { get; }

    /// <summary>What the contract says of the task.</summary>
    public abstract TaskDescriptor Task { get; }

    /// <summary>The attempt, from 1. An attempt that crashed its worker counts.</summary>
    public abstract int Attempt { get; }

    /// <summary>When the task was first enqueued, by the producer's clock, in whole milliseconds.</summary>
    public abstract DateTimeOffset EnqueuedAt { get; }

    /// <summary>
    /// The occurrence of its schedule that the task was enqueued for, in UTC, however late it runs; null where a caller enqueued it. The day to be closed, the hour to be summed up: take it from here and
    /// not from the clock, and another attempt or a run after an outage means the same.
    /// </summary>
    public abstract DateTimeOffset? Occurrence { get; }

    /// <summary>Headers that the caller sent along; empty when none. Decoded when first asked for.</summary>
    public abstract IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The idempotency key of a keyed task, or null.</summary>
    public abstract string? Key { get; }

    /// <summary>
    /// A number that grows with every lease under which the task is run. Write it into your own database and refuse smaller ones:
    /// a worker that lost its lease then changes nothing there either.
    /// </summary>
    public abstract long Fence { get; }

    /// <summary>Fires when the attempt must end: time limit, lost lease, cancellation, the caller's deadline, or the end of the worker's grace period.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>
    /// Runs an effect once for this task and records what it returned: a later attempt gets the record instead of a second effect.
    /// </summary>
    /// <remarks>
    /// Once recorded, never again. A crash between the effect and its record may repeat it, unless the remote side honours a key: pass it one that is the same
    /// in every attempt, such as <see cref="Id"/> and <paramref name="key"/>. The record is written under this delivery's fence: an attempt that lost its lease
    /// records nothing, and starts no effect once it can know.
    /// </remarks>
    /// <param name="key">Names the effect within the task: <c>"charge"</c>, <c>$"mail:{recipient}"</c>. The same in every attempt, different for each effect.</param>
    /// <param name="effect">The effect. Not run when it is recorded already.</param>
    /// <typeparam name="T">What the effect returns: a built-in type, a type of a contract, or one marked with <see cref="TaskPayloadAttribute">[TaskPayload]</see>.</typeparam>
    /// <exception cref="LeaseLostException">This attempt lost its lease, or has ended; nothing was recorded.</exception>
    /// <exception cref="TaskEngineException">The engine did not answer: the effect may have been run and not recorded. Let it pass, and the task is tried again.</exception>
    /// <exception cref="MessagePack.PayloadTooLargeException">What the task's effects returned is together more than the engine keeps: the effect was run and not recorded. Let it pass, and the task is a dead letter, which runs nothing again.</exception>
    /// <exception cref="TaskConfigurationException">There is no codec for <typeparamref name="T"/>; the effect was not run.</exception>
    public abstract ValueTask<T> OnceAsync<T>(string key, Func<CancellationToken, ValueTask<T>> effect);

    /// <inheritdoc cref="OnceAsync{T}"/>
    public abstract ValueTask OnceAsync(string key, Func<CancellationToken, ValueTask> effect);

    /// <summary>Reports progress: callers read the last value by <see cref="TaskHandle{TResult}.ProgressAsync{TProgress}"/>. One round trip to the engine; report steps, not bytes.</summary>
    /// <param name="progress">The value: of a built-in type, a type of a contract, or one marked with <see cref="TaskPayloadAttribute">[TaskPayload]</see>.</param>
    /// <exception cref="LeaseLostException">This attempt lost its lease, or has ended; nothing was reported.</exception>
    /// <exception cref="TaskConfigurationException">There is no codec for <typeparamref name="T"/>.</exception>
    public abstract ValueTask ReportAsync<T>(T progress);

    /// <summary>An exception to throw: try the task again after <paramref name="delay"/>, if it has attempts left.</summary>
    /// <param name="delay">How long to wait; not negative.</param>
    /// <param name="reason">Why, for the logs and the dead letter.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public static RetryException RetryAfter(TimeSpan delay, string reason, Exception? innerException = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new RetryException(reason, delay, innerException);
    }

    /// <summary>An exception to throw: run the task again after <paramref name="delay"/>, without counting this attempt. For work whose time has not come.</summary>
    /// <param name="delay">How long to wait; positive.</param>
    public static SnoozeException Snooze(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(delay, TimeSpan.Zero);
        return new SnoozeException(delay);
    }
}
