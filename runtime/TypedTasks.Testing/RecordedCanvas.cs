namespace TypedTasks.Testing;

/// <summary>A canvas that a <see cref="RecordingTaskCanvas"/> was given.</summary>
public sealed class RecordedCanvas
{
    private readonly string _text;

    internal RecordedCanvas(TaskId id, EnqueueOptions options, IReadOnlyList<RecordedStep> steps, string text, DateTimeOffset enqueuedAt)
    {
        Id = id;
        Options = options;
        Steps = steps;
        EnqueuedAt = enqueuedAt;
        _text = text;
    }

    /// <summary>The canvas' id: that of its last step, or of the group that is its end.</summary>
    public TaskId Id { get; }

    /// <summary>The options of its enqueueing.</summary>
    public EnqueueOptions Options { get; }

    /// <summary>The steps as they were written down, a group's members one after the other.</summary>
    public IReadOnlyList<RecordedStep> Steps { get; }

    /// <summary>When it was enqueued.</summary>
    public DateTimeOffset EnqueuedAt { get; }

    /// <summary>Whether somebody cancelled it by its handle.</summary>
    public bool IsCancelled { get; internal set; }

    /// <summary>The arguments of the steps of one task. The first member of a link's is not given: it is the result of what comes before.</summary>
    /// <typeparam name="TArguments">The generated struct of the task's arguments.</typeparam>
    public IReadOnlyList<TArguments> Of<TArguments>()
        where TArguments : struct => [.. Steps.Select(step => step.Arguments).OfType<TArguments>()];

    /// <summary>Its shape: <c>(invoices.generate | invoices.generate) → invoices.send</c>.</summary>
    public override string ToString() => _text;
}

/// <summary>A step of a recorded canvas.</summary>
/// <param name="Task">What the contract says of the task.</param>
/// <param name="Arguments">The arguments: a generated struct.</param>
/// <param name="IsLinked">Whether its first argument is the result of what comes before; what stands there is then the type's default.</param>
public sealed record RecordedStep(TaskDescriptor Task, object Arguments, bool IsLinked);
