using TypedTasks.Calls;

namespace TypedTasks.Worker;

/// <summary>Resolves worker options into lane settings, and finds what is wrong with them.</summary>
internal static class WorkerOptionsReading
{
    private const int MaxConcurrency = 10_000;
    private const int MaxPrefetch = 100_000;
    private const int MaxThreads = 1_000;
    private const long LeastMemory = 16 * 1024 * 1024;

    // Beyond every span that makes sense, and far from where a sum would overflow.
    private const double Forever = long.MaxValue / 4.0;

    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestShutdownGrace = TimeSpan.FromHours(24);

    internal static LaneSettings Resolve(this WorkerOptions options, QueueDescriptor queue)
    {
        WorkerQueueOptions? own = options.Queues.GetValueOrDefault(queue.Name);
        int concurrency = own?.Concurrency ?? (queue.Concurrency > 0 ? queue.Concurrency : options.Concurrency);
        int prefetch = own?.Prefetch ?? (queue.Prefetch >= 0 ? queue.Prefetch : options.Prefetch ?? concurrency);
        return new LaneSettings(concurrency, prefetch, options.Lease, options.CancellationGrace);
    }

    /// <summary>Every mistake, each naming the option and what it may be.</summary>
    internal static IEnumerable<string> Validate(this WorkerOptions options, ContractDescriptor contract)
    {
        string worker = $"The worker of {contract.Name}";
        QueueDescriptor[] queues = [.. contract.Tasks.Select(task => task.Queue).DistinctBy(queue => queue.Name)];
        return
        [
            .. ValidateTimes(options).Concat(ValidateRecycling(options)).Select(mistake => $"{worker}: WorkerOptions.{mistake}"),
            .. ValidateWindow(options, queues).Select(mistake => $"{worker}: {mistake}"),
            .. contract.Tasks.SelectMany(task => ValidateTask(options, task)).Select(mistake => $"{worker}: {mistake}"),
        ];
    }

    /// <summary>Every task whose key an engine that keeps nothing for longer than <paramref name="longest"/> could not remember: it would never start, or never be done.</summary>
    internal static IEnumerable<string> FindUnkept(ContractDescriptor contract, string engine, TimeSpan longest) =>
        from task in contract.Tasks
        where ClaimStep.IsNeeded(task) && ClaimStep.LongestKept(task) > longest
        select $"The worker of {contract.Name}: the key of {task.Name} is to be remembered for {ClaimStep.LongestKept(task)}, its window or its time limit and a minute, and the engine '{engine}' keeps nothing " +
            $"for longer than {longest}. Make [Idempotent(Window = …)] or TimeLimit shorter, or have the engine keep more (with NATS: MaxRetention).";

    private static IEnumerable<string> ValidateTimes(WorkerOptions options)
    {
        if (options.Lease < ShortestLease || options.Lease > LongestLease)
        {
            yield return $"Lease is {options.Lease}; it must be 2 seconds to 10 minutes. It is no time limit: it is renewed while a handler runs.";
        }
        else if (options.CancellationGrace > options.Lease)
        {
            yield return $"CancellationGrace is {options.CancellationGrace}, longer than the Lease of {options.Lease}; an attempt that lost its lease would go on " +
                "for longer than another waits to take it over. Make the grace shorter, or the lease longer.";
        }

        if (options.CancellationGrace < TimeSpan.Zero)
        {
            yield return $"CancellationGrace is {options.CancellationGrace}; it must not be negative.";
        }

        if (options.ShutdownGrace < TimeSpan.Zero || options.ShutdownGrace > LongestShutdownGrace)
        {
            yield return $"ShutdownGrace is {options.ShutdownGrace}; it must be zero to 24 hours.";
        }

        if (!Enum.IsDefined(options.Lifetime))
        {
            yield return $"Lifetime is {options.Lifetime}; it must be Singleton, Scoped or Transient.";
        }
    }

    private static IEnumerable<string> ValidateRecycling(WorkerOptions options)
    {
        if (options.RecycleAfterTasks < 0)
        {
            yield return $"RecycleAfterTasks is {options.RecycleAfterTasks}; it must be a number of tasks, or 0 for never.";
        }

        if (options.RecycleAtMemory < 0)
        {
            yield return $"RecycleAtMemory is {options.RecycleAtMemory}; it must be a number of bytes, or 0 for never.";
        }
        else if (options.RecycleAtMemory is > 0 and < LeastMemory)
        {
            yield return $"RecycleAtMemory is {options.RecycleAtMemory:N0} bytes; less than {LeastMemory:N0} holds no .NET process, which would be recycled as soon as it starts.";
        }
    }

    private static IEnumerable<string> ValidateWindow(WorkerOptions options, QueueDescriptor[] queues)
    {
        if (options.Concurrency is < 1 or > MaxConcurrency)
        {
            yield return $"WorkerOptions.Concurrency is {options.Concurrency}; it must be 1 to {MaxConcurrency}.";
        }

        if (options.Prefetch is < 0 or > MaxPrefetch)
        {
            yield return $"WorkerOptions.Prefetch is {options.Prefetch}; it must be 0 to {MaxPrefetch}, or null for as many as the concurrency.";
        }

        foreach (QueueDescriptor queue in queues)
        {
            WorkerQueueOptions? own = options.Queues.GetValueOrDefault(queue.Name);
            if ((own?.Concurrency ?? Declared(queue.Concurrency, unset: 0)) is < 1 or > MaxConcurrency)
            {
                yield return $"{Name(queue, own?.Concurrency, "Concurrency")} is {own?.Concurrency ?? queue.Concurrency}; it must be 1 to {MaxConcurrency}.";
            }

            if ((own?.Prefetch ?? Declared(queue.Prefetch, unset: -1)) is < 0 or > MaxPrefetch)
            {
                yield return $"{Name(queue, own?.Prefetch, "Prefetch")} is {own?.Prefetch ?? queue.Prefetch}; it must be 0 to {MaxPrefetch}.";
            }
        }

        foreach (string unknown in options.Queues.Keys.Where(name => queues.All(queue => queue.Name != name)))
        {
            yield return $"WorkerOptions.Queue(\"{unknown}\") is given, but none of its tasks names that queue. Its queues: {string.Join(", ", queues.Select(queue => queue.Name))}.";
        }
    }

    private static IEnumerable<string> ValidateTask(WorkerOptions options, TaskDescriptor task)
    {
        if (task.Idempotency == TaskIdempotency.Keyed && task.IdempotencyWindow < RetryHorizon(task, options.CancellationGrace))
        {
            yield return $"the idempotency window of {task.Name} is {task.IdempotencyWindow}, shorter than its {task.MaxAttempts} attempts with their time limits and delays may " +
                $"take ({RetryHorizon(task, options.CancellationGrace)}), so a late one would run again. Make [Idempotent(Window = …)] longer, or MaxAttempts, Backoff and TimeLimit smaller.";
        }

        int concurrency = options.Resolve(task.Queue).Concurrency;
        if (task.Execution == TaskExecution.Dedicated && concurrency is > MaxThreads and <= MaxConcurrency)
        {
            yield return $"{task.Name} is declared with Execution = Dedicated, and its queue '{task.Queue.Name}' has a concurrency of {concurrency}: as many threads. " +
                $"It must be at most {MaxThreads}; more than there are processors is seldom of use.";
        }
    }

    private static int? Declared(int value, int unset) => value == unset ? null : value;

    private static string Name(QueueDescriptor queue, int? own, string option) =>
        own is null ? $"[TaskQueue({option})] of '{queue.Name}'" : $"WorkerOptions.Queue(\"{queue.Name}\").{option}";

    /// <summary>How long all attempts of a task may take: the longest delays, and the time limits where there are any, with the grace after each.</summary>
    private static TimeSpan RetryHorizon(TaskDescriptor task, TimeSpan grace)
    {
        double attempt = task.TimeLimit is { } limit ? limit.Ticks + Math.Max(0, grace.Ticks) : 0;
        double ticks = attempt;
        for (int number = 1; number < task.MaxAttempts && ticks < Forever; number++)
        {
            ticks += attempt + task.Backoff.DelayAfter(number, random: 1).Ticks;
        }

        return TimeSpan.FromTicks((long)Math.Min(ticks, Forever));
    }
}
