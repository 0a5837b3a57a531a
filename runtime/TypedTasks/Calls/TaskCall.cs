using TypedTasks.Calls;

namespace TypedTasks;

/// <summary>
/// A task call as a value: a task of a contract and its arguments, not yet enqueued. Made by the generated <c>…Tasks</c> class.
/// Batches, schedules and tests are built on it. Costs no allocation.
/// </summary>
/// <typeparam name="TContract">The contract interface.</typeparam>
/// <typeparam name="TResult">The task's result; <see cref="NoResult"/> for a task that returns none.</typeparam>
/// <typeparam name="TArguments">The generated struct of the task's arguments.</typeparam>
public readonly struct TaskCall<TContract, TResult, TArguments>
    where TContract : class
    where TArguments : struct, ITaskArguments<TArguments, TResult>
{
    private readonly TArguments _arguments;

    /// <summary>Makes the call of <typeparamref name="TArguments"/>' task with these arguments.</summary>
    public TaskCall(TArguments arguments) => _arguments = arguments;

    /// <summary>The arguments.</summary>
    public TArguments Arguments => _arguments;

    /// <summary>What the contract says of the task: its name, queue, attempts, and so on.</summary>
    public TaskDescriptor Task => TArguments.Task;

    /// <summary>The task's name and the arguments, for logs of tests. Arguments may be personal data: do not log them in production.</summary>
    public override string ToString() => $"{Task.Name}{_arguments}";
}
