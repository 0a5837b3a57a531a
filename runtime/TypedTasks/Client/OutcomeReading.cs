using TypedTasks.Calls;
using TypedTasks.Canvases;
using TypedTasks.Engine;
using TypedTasks.MessagePack;
using TypedTasks.Results;

namespace TypedTasks.Client;

/// <summary>Turns what an engine knows of an ended task into its result, or into the exception that says what happened.</summary>
internal static class OutcomeReading
{
    /// <exception cref="TaskOutcomeUnavailableException">Nobody can wait for a task of this kind.</exception>
    internal static void ThrowIfNotKept(TaskId id, TaskDescriptor task)
    {
        if (task.KeepOutcome == TimeSpan.Zero)
        {
            throw new TaskOutcomeUnavailableException(id, $"The outcome of '{task.Name}' is not kept: its contract says KeepOutcome = \"none\".");
        }
    }

    /// <summary>What those are told who wait for a task that nobody knows.</summary>
    internal static TaskOutcomeUnavailableException Unknown(TaskId id, TaskDescriptor task) =>
        new(id, $"The engine does not know the task {id} of '{task}', or does not keep its outcome any more (KeepOutcome is {task.KeepOutcome}).");

    /// <exception cref="TaskFailedException">The task failed for good, was cancelled or expired.</exception>
    /// <exception cref="TaskOutcomeUnavailableException">The outcome is not kept, or not any more, or cannot be read.</exception>
    internal static ValueTask<TResult> ReadResultAsync<TResult, TArguments>(EngineHost host, TaskId id, TaskStatusReport report, CancellationToken cancellationToken)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        TaskDescriptor task = TArguments.Task;
        switch (report.State)
        {
            case TaskState.Unknown:
                throw Unknown(id, task);
            case TaskState.Succeeded when report.Outcome.IsEmpty:
                throw new TaskOutcomeUnavailableException(id, $"The task {id} of '{task}' succeeded, but its result is not kept.");
            case TaskState.Succeeded:
                OutcomeRecord record = Open(id, task, report.Outcome);
                return record.Elsewhere.IsEmpty
                    ? new ValueTask<TResult>(ReadResult<TResult, TArguments>(id, in record))
                    : ReadElsewhereAsync<TResult, TArguments>(host, record.Elsewhere, cancellationToken);
            default:
                TaskFailure? failure = report.Outcome.IsEmpty ? null : Open(id, task, report.Outcome).Failure;
                throw new TaskFailedException(id, task.Name, report.State, failure, Describe(id, task.Name, report.State, failure));
        }
    }

    /// <summary>What those are told who wait for a step that does not run, because one before it in its canvas has failed for good.</summary>
    internal static TaskFailedException FailedBefore(in PlanEnd end)
    {
        TaskFailure? failure = null;
        try
        {
            failure = end.Outcome.IsEmpty ? null : OutcomeRecord.Read(end.Outcome).Failure;
        }
        catch (MessagePackException)
        {
            // How it ended is known all the same.
        }

        return new TaskFailedException(end.Step.Id, end.Step.Name, end.State, failure, $"{Describe(end.Step.Id, end.Step.Name, end.State, failure)} What follows it in its canvas does not run.");
    }

    /// <exception cref="TaskOutcomeUnavailableException">The report cannot be read as one of <typeparamref name="TProgress"/>.</exception>
    internal static TaskProgress<TProgress> ReadProgress<TProgress>(TaskId id, TaskDescriptor task, ReadOnlyMemory<byte> report)
    {
        try
        {
            return ProgressRecord.Read(report).ToProgress<TProgress>();
        }
        catch (MessagePackException malformed)
        {
            throw new TaskOutcomeUnavailableException(
                id,
                $"The task {id} of '{task}' has reported progress, but not what can be read as {typeof(TProgress).Name}: {malformed.Message} Ask for the type that its worker reports; if it is that, worker and client disagree about it, and the older one is to be upgraded.",
                malformed);
        }
    }

    private static async ValueTask<TResult> ReadElsewhereAsync<TResult, TArguments>(EngineHost host, TaskId id, CancellationToken cancellationToken)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        TaskDescriptor task = TArguments.Task;
        if (host.LargeOutcomes is not { } store)
        {
            throw new TaskOutcomeUnavailableException(id, $"The result of the task {id} of '{task}' is in a store for large outcomes, and this client has none. Register the same one as the worker: UseLargeOutcomes(…).");
        }

        ReadOnlyMemory<byte> outcome;
        try
        {
            outcome = await store.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not TaskEngineException && (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested))
        {
            throw new TaskOutcomeUnavailableException(id, $"The result of the task {id} of '{task}' cannot be read from the store for large outcomes: {failure.Message}", failure);
        }

        return outcome.IsEmpty
            ? throw new TaskOutcomeUnavailableException(id, $"The result of the task {id} of '{task}' is not in the store for large outcomes any more.")
            : ReadResult<TResult, TArguments>(id, Open(id, task, outcome));
    }

    private static OutcomeRecord Open(TaskId id, TaskDescriptor task, ReadOnlyMemory<byte> outcome)
    {
        try
        {
            return OutcomeRecord.Read(outcome);
        }
        catch (MessagePackException malformed)
        {
            throw new TaskOutcomeUnavailableException(id, $"The task {id} of '{task}' has ended, but its outcome cannot be read: {malformed.Message}", malformed);
        }
    }

    private static TResult ReadResult<TResult, TArguments>(TaskId id, in OutcomeRecord record)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        try
        {
            return record.ReadResult<TResult, TArguments>();
        }
        catch (MessagePackException malformed)
        {
            throw new TaskOutcomeUnavailableException(
                id,
                $"The task {id} of '{TArguments.Task}' succeeded, but its result cannot be read: {malformed.Message} Worker and client disagree about the contract, and the older one is to be upgraded; or the id is that of another task.",
                malformed);
        }
    }

    private static string Describe(TaskId id, string task, TaskState state, TaskFailure? failure)
    {
        string what = state switch
        {
            TaskState.DeadLettered => "failed for good and is among the dead letters",
            TaskState.Cancelled => "was cancelled",
            TaskState.Expired => "did not start in time",
            _ => "failed",
        };
        return failure is null ? $"The task {id} of '{task}' {what}." : $"The task {id} of '{task}' {what}: {failure.Type}: {failure.Message}";
    }
}
