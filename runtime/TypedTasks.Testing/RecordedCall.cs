namespace TypedTasks.Testing;

/// <summary>A call that a <see cref="RecordingTaskClient{TContract}"/> was given.</summary>
public abstract class RecordedCall
{
    private protected RecordedCall(TaskDescriptor task, TaskId id, EnqueueOptions options, string? key, DateTimeOffset enqueuedAt)
    {
        Task = task;
        Id = id;
        Options = options;
        Key = key;
        EnqueuedAt = enqueuedAt;
    }

    /// <summary>What the contract says of the task.</summary>
    public TaskDescriptor Task { get; }

    /// <summary>The task's id.</summary>
    public TaskId Id { get; }

    /// <summary>The options of its enqueueing.</summary>
    public EnqueueOptions Options { get; }

    /// <summary>The idempotency key of a keyed task: the caller's, or the one that is derived from the arguments.</summary>
    public string? Key { get; }

    /// <summary>When it was enqueued.</summary>
    public DateTimeOffset EnqueuedAt { get; }

    /// <summary>Whether somebody cancelled it by its handle.</summary>
    public bool IsCancelled { get; internal set; }

    /// <summary>The arguments: a generated struct.</summary>
    public abstract object Arguments { get; }
}

/// <summary>A call of one task.</summary>
/// <typeparam name="TArguments">The generated struct of the task's arguments.</typeparam>
public sealed class RecordedCall<TArguments> : RecordedCall
    where TArguments : struct
{
    internal RecordedCall(TaskDescriptor task, TaskId id, TArguments arguments, EnqueueOptions options, string? key, DateTimeOffset enqueuedAt)
        : base(task, id, options, key, enqueuedAt) => TypedArguments = arguments;

    /// <summary>The arguments, typed.</summary>
    public TArguments TypedArguments { get; }

    /// <inheritdoc/>
    public override object Arguments => TypedArguments;

    /// <summary>The task's name and the arguments.</summary>
    public override string ToString() => $"{Task.Name}: {TypedArguments}";
}
