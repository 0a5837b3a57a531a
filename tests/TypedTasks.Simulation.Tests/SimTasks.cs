using TypedTasks.Simulation.Broker;
using TypedTasks.Simulation.Checks;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation;

/// <summary>The contract of the simulated workers. Each task is told, in its arguments, how it is to behave.</summary>
[TaskContract("sim")]
public interface ISimTasks
{
    /// <summary>May be run more than once.</summary>
    [Task(MaxAttempts = 3, Backoff = "100ms..2s", TimeLimit = "20s")]
    ValueTask<int> PlainAsync(int plan, TaskContext context);

    /// <summary>Completes once per key.</summary>
    [Task(MaxAttempts = 3, Backoff = "100ms..2s", TimeLimit = "20s")]
    [Idempotent(Key = "{key}")]
    ValueTask<int> KeyedAsync(int key, int plan, TaskContext context);

    /// <summary>Completes once per key, with a result that may be larger than the broker takes.</summary>
    [Task(MaxAttempts = 3, Backoff = "100ms..2s", TimeLimit = "20s")]
    [Idempotent(Key = "{key}")]
    ValueTask<byte[]> LargeAsync(int key, int plan, TaskContext context);

    /// <summary>Runs on a dedicated thread.</summary>
    [Task(MaxAttempts = 3, Backoff = "100ms..2s", TimeLimit = "20s", Execution = TaskExecution.Dedicated)]
    ValueTask<int> DedicatedAsync(int plan, TaskContext context);

    /// <summary>Is started at most once.</summary>
    [Task(Backoff = "100ms..2s", TimeLimit = "20s")]
    [AtMostOnce]
    ValueTask<int> OnceAsync(int plan, TaskContext context);

    /// <summary>A step of a canvas.</summary>
    [Task(MaxAttempts = 3, Backoff = "100ms..2s", TimeLimit = "20s")]
    ValueTask<int> StepAsync(int input, int number, TaskContext context);

    /// <summary>A step that completes once per key.</summary>
    [Task(MaxAttempts = 3, Backoff = "100ms..2s", TimeLimit = "20s")]
    [Idempotent(Key = "{key}")]
    ValueTask<int> KeyedStepAsync(int input, int key, int number, TaskContext context);

    /// <summary>A step that is started at most once.</summary>
    [Task(Backoff = "100ms..2s", TimeLimit = "20s")]
    [AtMostOnce]
    ValueTask<int> OnceStepAsync(int input, int number, TaskContext context);

    /// <summary>A step that joins a group.</summary>
    [Task(MaxAttempts = 3, Backoff = "100ms..2s", TimeLimit = "20s")]
    ValueTask<int> JoinAsync(int[] inputs, int number, TaskContext context);
}

/// <summary>The handler of one simulated worker: waits, as its plan says, has an effect, and returns the number of its run, or fails.</summary>
internal sealed class SimHandler(SimWorld world, SimProcess process, Ledger ledger, Scenario scenario) : ISimTasks
{
    // The keys of the one kind of task are not those of the other.
    internal const int StepKeys = 200;
    private const int LargeKeys = 100;

    public ValueTask<int> PlainAsync(int plan, TaskContext context) => RunAsync(key: null, scenario.Tasks[plan], context, static (run, _) => run.Number);

    public ValueTask<int> KeyedAsync(int key, int plan, TaskContext context) => RunAsync(key, scenario.Tasks[plan], context, static (run, _) => run.Number);

    public ValueTask<byte[]> LargeAsync(int key, int plan, TaskContext context) =>
        RunAsync(LargeKeys + key, scenario.Tasks[plan], context, static (run, plan) => ResultLaws.ResultOf(run, plan.ResultSize));

    public ValueTask<int> DedicatedAsync(int plan, TaskContext context) => RunAsync(key: null, scenario.Tasks[plan], context, static (run, _) => run.Number);

    public ValueTask<int> OnceAsync(int plan, TaskContext context) => RunAsync(key: null, scenario.Tasks[plan], context, static (run, _) => run.Number);

    public ValueTask<int> StepAsync(int input, int number, TaskContext context) => RunStepAsync(key: null, Given(input), number, context);

    public ValueTask<int> KeyedStepAsync(int input, int key, int number, TaskContext context) => RunStepAsync(StepKeys + key, Given(input), number, context);

    public ValueTask<int> OnceStepAsync(int input, int number, TaskContext context) => RunStepAsync(key: null, Given(input), number, context);

    public ValueTask<int> JoinAsync(int[] inputs, int number, TaskContext context) => RunStepAsync(key: null, inputs, number, context);

    // Runs count from 1: a step that is given nothing is given 0.
    private static int[] Given(int input) => input == 0 ? [] : [input];

    private ValueTask<int> RunStepAsync(int? key, int[] inputs, int number, TaskContext context) =>
        RunAsync(key, ledger.Canvases.PlanOf(number), context, static (run, _) => run.Number, () => ledger.Canvases.Started(number, inputs));

    // An async method fails by throwing, which is dear, and many attempts are meant to fail: so they end by a source of their own.
    private ValueTask<TResult> RunAsync<TResult>(int? key, HandlerPlan plan, TaskContext context, Func<RunRecord, HandlerPlan, TResult> resultOf, Action? started = null)
    {
        var ended = new TaskCompletionSource<TResult>();
        RunRecord run = ledger.Started(context, key, process);
        started?.Invoke();
        _ = RunAsync(run, plan, context, resultOf, ended);
        return new ValueTask<TResult>(ended.Task);
    }

    private async Task RunAsync<TResult>(RunRecord run, HandlerPlan plan, TaskContext context, Func<RunRecord, HandlerPlan, TResult> resultOf, TaskCompletionSource<TResult> ended)
    {
        Exception? failure = null;
        try
        {
            failure = await WorkAsync(run, plan, context).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }

        ledger.Finished(run);
        if (failure is null)
        {
            ended.SetResult(resultOf(run, plan));
        }
        else
        {
            ended.SetException(failure);
        }
    }

    /// <summary>Returns what the attempt is to fail with, or null.</summary>
    private async ValueTask<Exception?> WorkAsync(RunRecord run, HandlerPlan plan, TaskContext context)
    {
        // A report between one part of the work and the next.
        TimeSpan part = plan.Work / (plan.Reports + 1);
        for (int reports = 0; ; reports++)
        {
            if (part > TimeSpan.Zero && await world.DelayAsync(part, process, plan.ObservesToken ? context.CancellationToken : default).ConfigureAwait(false))
            {
                return new SimStopped(context.CancellationToken);
            }

            if (reports == plan.Reports)
            {
                break;
            }

            Task reporting = context.ReportAsync(ledger.Progress.Reporting(run, context)).AsTask();
            await reporting.Quietly();
            if (!reporting.IsCompletedSuccessfully)
            {
                return FailureOf(reporting, context);
            }
        }

        if (plan.Journals)
        {
            Task<int> journalling = context.OnceAsync("effect", _ =>
            {
                ledger.JournalledEffect(run);
                return ValueTask.FromResult(run.Number);
            }).AsTask();
            await journalling.Quietly();
            if (!journalling.IsCompletedSuccessfully)
            {
                return FailureOf(journalling, context);
            }

            ledger.JournalRecorded(run);
        }

        if (context.Attempt <= plan.Failures)
        {
            return new SimFailure();
        }

        if (plan.Snoozes && ledger.FirstSnooze(context.Id))
        {
            return TaskContext.Snooze(TimeSpan.FromMilliseconds(300));
        }

        ledger.Effect(run);
        return null;
    }

    /// <summary>What a handler fails with that could not reach the broker, or was told to stop meanwhile.</summary>
    private static Exception FailureOf(Task failed, TaskContext context) => failed.Exception?.InnerException switch
    {
        null => new SimStopped(context.CancellationToken),
        TaskEngineException => new SimFailure(),
        var other => other,
    };
}

/// <summary>What a handler throws that was to fail. Its stack is that of the simulation, which interests nobody, and to write it out would cost more than the rest of its task.</summary>
internal sealed class SimFailure() : Exception("This attempt was to fail.")
{
    public override string? StackTrace => null;
}

/// <summary>What a handler throws that was told to stop.</summary>
internal sealed class SimStopped(CancellationToken token) : OperationCanceledException(token)
{
    public override string? StackTrace => null;
}
