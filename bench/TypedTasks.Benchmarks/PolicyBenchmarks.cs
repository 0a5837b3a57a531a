using BenchmarkDotNet.Attributes;
using TypedTasks.Worker;

namespace TypedTasks.Benchmarks;

/// <summary>The decision what an attempt comes to: nothing where it succeeded; after a failure, the failure as data.</summary>
public class PolicyBenchmarks
{
    private readonly TaskDescriptor _task = BenchTasks.InvoiceArguments.Task;
    private readonly AttemptEnd _failure;

    public PolicyBenchmarks()
    {
        try
        {
            throw new InvalidOperationException("The tax service did not answer.");
        }
        catch (InvalidOperationException thrown)
        {
            _failure = new AttemptEnd(thrown, StopReason.None);
        }
    }

    [Benchmark(Description = "success")]
    public int Success() => (int)OutcomePolicy.Decide(_task, 1, default, 0.5).Kind;

    [Benchmark(Description = "failure, to be retried")]
    public TimeSpan Retry() => OutcomePolicy.Decide(_task, 1, _failure, 0.5).Delay;

    [Benchmark(Description = "failure of the last attempt")]
    public int DeadLetter() => (int)OutcomePolicy.Decide(_task, _task.MaxAttempts, _failure, 0.5).Reason;
}
