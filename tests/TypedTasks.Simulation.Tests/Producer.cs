using System.Runtime.CompilerServices;
using TypedTasks.Client;
using TypedTasks.Engine;
using TypedTasks.Simulation.Broker;
using TypedTasks.Simulation.Checks;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation;

/// <summary>Enqueues the tasks of a scenario as a careful producer does, waits for them, watches and cancels them, and tells the ledger what it was told.</summary>
internal sealed class Producer(SimWorld world, Ledger ledger, TaskClient<ISimTasks> client, Scenario scenario, Breakage breakage, Action<string, Task> watch)
{
    // How long a producer waits before it tries again, from and to.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    internal Task ProduceAsync(int number)
    {
        HandlerPlan plan = scenario.Tasks[number];
        return plan.Kind switch
        {
            TaskKind.Plain => ProduceAsync(number, plan, options => client.PlainAsync(number, options), static run => run),
            TaskKind.Keyed => ProduceAsync(number, plan, options => client.KeyedAsync(plan.Key, number, options), static run => run),
            TaskKind.Large => ProduceAsync(number, plan, options => client.LargeAsync(plan.Key, number, options), ledger.Results.RunOf),
            TaskKind.Dedicated => ProduceAsync(number, plan, options => client.DedicatedAsync(number, options), static run => run),
            _ => ProduceAsync(number, plan, options => client.OnceAsync(number, options), static run => run),
        };
    }

    private async Task ProduceAsync<TResult>(int number, HandlerPlan plan, Func<EnqueueOptions, ValueTask<TaskHandle<TResult>>> enqueue, Func<TResult, int> runOf)
    {
        TaskId id = new(new Guid(scenario.Seed, (short)number, 0, 0, 0, 0, 0, 0, 0, 0, 1));
        var options = new EnqueueOptions
        {
            Id = id,
            Delay = plan.Delay,
            ExpiresIn = plan.ExpiresIn,
            Deadline = breakage == Breakage.SendsNoDeadline ? null : plan.DeadlineAt,
        };
        ledger.Asked(id, plan);
        TaskHandle<TResult> handle = await EnqueueAsync(enqueue, options).ConfigureAwait(false);
        if (plan.IsSentTwice)
        {
            await EnqueueAsync(enqueue, options).ConfigureAwait(false);
        }

        if (plan.CancelAt is { } cancelAt)
        {
            world.Schedule(cancelAt, () => watch("a cancellation", CancelAsync(handle)));
        }

        if (plan.Reports > 0)
        {
            watch($"who watches task {number}", WatchAsync(handle));
        }

        while (true)
        {
            Task<TResult> result = handle.ResultAsync().AsTask();
            await result.Quietly();
            switch (result.Exception?.InnerException)
            {
                case null:
                    ledger.Told(id, TaskState.Succeeded, runOf(result.Result));
                    return;
                case TaskFailedException failed:
                    // A failure of the task is an end like any other.
                    ledger.Told(id, failed.State);
                    return;
                case TaskEngineException:
                    // The store for large outcomes did not answer.
                    await world.PauseAsync(ShortestPause).ConfigureAwait(false);
                    break;
                default:
                    await result.ConfigureAwait(false);
                    return;
            }
        }
    }

    /// <summary>Enqueues under one id, again while the answer is unknown or the broker is full.</summary>
    private async Task<TaskHandle<TResult>> EnqueueAsync<TResult>(Func<EnqueueOptions, ValueTask<TaskHandle<TResult>>> enqueue, EnqueueOptions options)
    {
        for (TimeSpan pause = ShortestPause; ; pause = pause < LongestPause ? pause * 2 : pause)
        {
            Task<TaskHandle<TResult>> enqueueing = enqueue(options).AsTask();
            await enqueueing.Quietly();
            if (enqueueing.Exception?.InnerException is not (TaskUnconfirmedException or TaskRejectedException { Reason: TaskRejection.Full }))
            {
                return await enqueueing.ConfigureAwait(false);
            }

            await world.PauseAsync(pause).ConfigureAwait(false);
        }
    }

    /// <summary>Watches a task to its end; again, when the broker does not answer.</summary>
    private async Task WatchAsync<TResult>(TaskHandle<TResult> handle)
    {
        for (int last = 0; ;)
        {
            try
            {
                await foreach (TaskProgress<int> progress in handle.WatchAsync<int>().ConfigureAwait(false))
                {
                    last = ledger.Progress.Seen(handle.Id, progress, last);
                }

                return;
            }
            catch (TaskEngineException)
            {
                await world.PauseAsync(ShortestPause).ConfigureAwait(false);
            }
        }
    }

    private static async Task CancelAsync<TResult>(TaskHandle<TResult> handle)
    {
        Task<bool> cancelling = handle.CancelAsync().AsTask();
        await cancelling.Quietly();
        if (cancelling.Exception?.InnerException is not TaskEngineException)
        {
            // A request that was lost is made again, or not; nothing else may go wrong.
            await cancelling.ConfigureAwait(false);
        }
    }
}

/// <summary>Waiting in the simulation.</summary>
internal static class Waiting
{
    /// <summary>Waits as somebody outside of every process would.</summary>
    internal static Task PauseAsync(this SimWorld world, TimeSpan pause)
    {
        var over = new TaskCompletionSource();
        world.Schedule(pause, over.SetResult);
        return over.Task;
    }

    /// <summary>Waits for the end of a task, whatever it is: to throw is dear, and many tasks of a world are meant to fail.</summary>
    internal static ConfiguredTaskAwaitable Quietly(this Task task) => task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
