using TypedTasks.Calls;

namespace TypedTasks.Diagnostics.Tests;

/// <summary>A contract with a task for each thing that can be observed.</summary>
[TaskContract("jobs")]
public interface IJobs
{
    [Task(KeepOutcome = "none")]
    ValueTask CountAsync(int number);

    [Task(MaxAttempts = 2, Backoff = "1s")]
    ValueTask<int> RunAsync(string script, TaskContext context, CancellationToken cancellationToken = default);

    [Task(Queue = "numbers", Execution = TaskExecution.Dedicated)]
    ValueTask<string> ComputeAsync(int seed, TaskContext context);
}

/// <summary>The handlers: what they do is given by the test.</summary>
public sealed class Jobs : IJobs
{
    private int _counted;

    public Func<string, TaskContext, CancellationToken, ValueTask<int>> OnRun { get; set; } = (_, _, _) => new ValueTask<int>(1);

    public Func<int, TaskContext, ValueTask<string>> OnCompute { get; set; } = (_, _) => new ValueTask<string>(string.Empty);

    public Action<int> OnCounted { get; set; } = _ => { };

    public ValueTask CountAsync(int number)
    {
        OnCounted(Interlocked.Increment(ref _counted));
        return default;
    }

    public ValueTask<int> RunAsync(string script, TaskContext context, CancellationToken cancellationToken = default) => OnRun(script, context, cancellationToken);

    public ValueTask<string> ComputeAsync(int seed, TaskContext context) => OnCompute(seed, context);
}
