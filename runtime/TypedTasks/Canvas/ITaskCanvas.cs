namespace TypedTasks;

/// <summary>
/// Enqueues canvases: chains and groups of tasks, of any contracts of which the host has a client or a worker, or knows the calls. Inject it; <c>AddTypedTasks</c> registers it. Safe from any thread.
/// </summary>
/// <remarks>
/// The first tasks are enqueued; each carries what follows it, so that whatever worker completes it enqueues the next, before the task is settled: what follows is as durable as the task itself, and
/// nothing has to stay alive in between. A step is enqueued once, under an id that was decided when the canvas was, whatever is delivered twice.
/// </remarks>
public interface ITaskCanvas
{
    /// <summary>Enqueues a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="options">Delay and not-before hold for the first tasks; headers and the deadline for all. The id is that of the last step, and makes a second try safe. A key cannot be given.</param>
    /// <param name="cancellationToken">Gives up waiting for the engine; the canvas may have been accepted all the same.</param>
    /// <returns>A handle of the last step: its result is the chain's; a step that fails for good is thrown at whoever waits for it; cancelling it cancels what has not ended.</returns>
    /// <exception cref="TaskRejectedException">The engine did not accept the first task, or the canvas is larger than it takes; nothing will run.</exception>
    /// <exception cref="TaskUnconfirmedException">Not all first tasks are known to be accepted: those that were run. Enqueue the same canvas again under the same id.</exception>
    /// <exception cref="ArgumentException">The options contradict each other, or hold a key; or there are more than <see cref="Canvas.MaxSteps"/> steps. Nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    ValueTask<TaskHandle<TResult>> EnqueueAsync<TResult>(TaskChain<TResult> chain, EnqueueOptions options = default, CancellationToken cancellationToken = default);

    /// <summary>Enqueues a group that nothing joins.</summary>
    /// <param name="group">The group.</param>
    /// <param name="options">As for a chain, but for the id: it is that of the group, from which those of its members are made.</param>
    /// <param name="cancellationToken">Gives up waiting for the engine; the canvas may have been accepted all the same.</param>
    /// <returns>A handle of each member, in order.</returns>
    /// <exception cref="TaskRejectedException">The engine did not accept the first task, or the canvas is larger than it takes; nothing will run.</exception>
    /// <exception cref="TaskUnconfirmedException">Not all first tasks are known to be accepted: those that were run. Enqueue the same canvas again under the same id.</exception>
    /// <exception cref="ArgumentException">The options contradict each other, or hold a key; or there are more than <see cref="Canvas.MaxSteps"/> steps. Nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    ValueTask<IReadOnlyList<TaskHandle<TResult>>> EnqueueAsync<TResult>(TaskGroup<TResult> group, EnqueueOptions options = default, CancellationToken cancellationToken = default);
}
