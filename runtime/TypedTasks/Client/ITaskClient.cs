using System.ComponentModel;
using TypedTasks.Calls;

namespace TypedTasks;

/// <summary>
/// Enqueues the tasks of one contract. Inject it, and call the generated method of the task: <c>await invoices.GenerateAsync(orderId, 129.90m)</c>.
/// </summary>
/// <remarks>
/// Safe from any thread. An ordinary interface with few members, so that a test can fake it: the generated methods all come down to
/// <see cref="EnqueueAsync"/>. Enqueueing allocates nothing in the steady state.
/// </remarks>
/// <typeparam name="TContract">The contract interface.</typeparam>
public interface ITaskClient<TContract>
    where TContract : class
{
    /// <summary>
    /// A <typeparamref name="TContract"/> whose methods enqueue the task and wait for its outcome; a failed task throws <see cref="TaskFailedException"/>.
    /// </summary>
    TContract Remote { get; }

    /// <summary>Enqueues a call. The task is as durable as the engine is configured to make it when this returns.</summary>
    /// <param name="call">The call, made by the generated <c>…Tasks</c> class.</param>
    /// <param name="options">Delay, expiry, key, id and headers.</param>
    /// <param name="cancellationToken">Gives up waiting for the engine; the task may have been accepted all the same.</param>
    /// <returns>A handle to wait for the outcome, cancel the task, or forget it.</returns>
    /// <exception cref="TaskRejectedException">The engine did not accept the task (full, too large, not allowed, its broker not reached since the start), or its arguments cannot be written; it will not run.</exception>
    /// <exception cref="TaskUnconfirmedException">The engine did not answer: the task may have been accepted. Enqueue it again under the same id.</exception>
    /// <exception cref="TaskKeyException">The idempotency key cannot be made of the arguments.</exception>
    /// <exception cref="ArgumentException">The options contradict each other or the contract, or a header cannot be; nothing was sent.</exception>
    /// <exception cref="TaskConfigurationException">The first call starts the engine, and it cannot be used as configured; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ValueTask<TaskHandle<TResult>> EnqueueAsync<TResult, TArguments>(
        TaskCall<TContract, TResult, TArguments> call,
        EnqueueOptions options = default,
        CancellationToken cancellationToken = default)
        where TArguments : struct, ITaskArguments<TArguments, TResult>;

    /// <summary>
    /// Enqueues many calls of one task, pipelined. When one is refused, those before and after it may have been accepted:
    /// the exception's <see cref="EnqueueManyException.FailedIndexes"/> says which were not, or may not have been. When the engine is full for longer than a call waits, no more calls are read.
    /// </summary>
    /// <param name="calls">The calls; read once, in order.</param>
    /// <param name="options">Apply to each call; <see cref="EnqueueOptions.Id"/> must not be set.</param>
    /// <param name="cancellationToken">Stops enqueueing more, and gives up waiting: which calls were accepted is then not known.</param>
    /// <returns>A handle for each call, in order.</returns>
    /// <exception cref="EnqueueManyException">At least one call was not accepted, or not confirmed; or <paramref name="calls"/> threw after some were tried.</exception>
    /// <exception cref="ArgumentException">As for <see cref="EnqueueAsync"/>, of the first call; or <see cref="EnqueueOptions.Id"/> is set. Nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    ValueTask<IReadOnlyList<TaskHandle<TResult>>> EnqueueManyAsync<TResult, TArguments>(
        IEnumerable<TaskCall<TContract, TResult, TArguments>> calls,
        EnqueueOptions options = default,
        CancellationToken cancellationToken = default)
        where TArguments : struct, ITaskArguments<TArguments, TResult>;

    /// <summary>Enqueues a call and waits for its result. What the methods of <see cref="Remote"/> do.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Gives up waiting and asks for the task's cancellation.</param>
    /// <exception cref="TaskFailedException">The task failed for good, was cancelled or expired.</exception>
    /// <exception cref="TaskOutcomeUnavailableException">The outcome is not kept, or not any more; or a worker of another version wrote a result that this contract cannot read.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; if the engine hears of it, the task is cancelled.</exception>
    /// <remarks>Enqueueing throws what <see cref="EnqueueAsync"/> does.</remarks>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ValueTask<TResult> InvokeAsync<TResult, TArguments>(
        TaskCall<TContract, TResult, TArguments> call,
        CancellationToken cancellationToken = default)
        where TArguments : struct, ITaskArguments<TArguments, TResult>;

    /// <summary>
    /// A handle of a task that was enqueued before, in this process or another. What the generated methods do: <c>invoices.GenerateHandle(id)</c>.
    /// </summary>
    /// <param name="id">The id of the handle that enqueueing returned, of a task with these arguments: an outcome is read as this task's result, whichever task wrote it.</param>
    /// <returns>The handle. Nothing is asked of the engine yet: where it knows no such task, or not any more, the handle's state is <see cref="TaskState.Unknown"/>.</returns>
    /// <exception cref="ArgumentException">The id is the empty one.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    TaskHandle<TResult> Handle<TResult, TArguments>(TaskId id)
        where TArguments : struct, ITaskArguments<TArguments, TResult>;
}
