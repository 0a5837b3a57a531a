using Microsoft.Extensions.DependencyInjection;

namespace TypedTasks.Diagnostics.Tests;

/// <summary>A keyed task whose retries outlast its window.</summary>
[TaskContract("hasty")]
public interface IHasty
{
    [Task(MaxAttempts = 3, Backoff = "1s", TimeLimit = "20m")]
    [Idempotent(Key = nameof(order), Window = "1h")]
    ValueTask PayAsync(int order);
}

public sealed class Hasty : IHasty
{
    public ValueTask PayAsync(int order) => default;
}

public sealed class OptionTests
{
    [Fact]
    public async Task All_mistakes_are_told_at_once_and_name_their_options()
    {
        TaskConfigurationException wrong = await Assert.ThrowsAsync<TaskConfigurationException>(() => TestHost.StartAsync(worker =>
        {
            worker.Concurrency = 0;
            worker.Prefetch = -1;
            worker.CancellationGrace = TimeSpan.FromMinutes(1);
            worker.ShutdownGrace = TimeSpan.FromSeconds(-1);
            worker.RecycleAfterTasks = -1;
            worker.RecycleAtMemory = 1;
            worker.Lifetime = (ServiceLifetime)7;
            worker.Queue("default").Concurrency = -2;
            worker.Queue("default").Prefetch = -3;
            worker.Queue("numbers").Concurrency = 5_000;
            worker.Queue("misspelt").Prefetch = 1;
        }));
        string[] mistakes = wrong.Message.Split('\n').Skip(1).ToArray();
        string[] named =
        [
            "WorkerOptions.Concurrency is 0",
            "WorkerOptions.Prefetch is -1",
            "WorkerOptions.CancellationGrace is 00:01:00, longer than the Lease",
            "WorkerOptions.ShutdownGrace is -00:00:01",
            "WorkerOptions.RecycleAfterTasks is -1",
            "WorkerOptions.RecycleAtMemory is 1 bytes",
            "WorkerOptions.Lifetime is 7",
            "WorkerOptions.Queue(\"default\").Concurrency is -2",
            "WorkerOptions.Queue(\"default\").Prefetch is -3",
            "jobs.compute is declared with Execution = Dedicated, and its queue 'numbers' has a concurrency of 5000",
            "WorkerOptions.Queue(\"misspelt\") is given",
        ];
        Assert.All(named, name => Assert.Contains(mistakes, mistake => mistake.Contains(name, StringComparison.Ordinal)));
        Assert.Equal(named.Length, mistakes.Length);
    }

    [Fact]
    public async Task A_window_shorter_than_all_attempts_with_their_time_limits_is_a_mistake()
    {
        TaskConfigurationException wrong = await Assert.ThrowsAsync<TaskConfigurationException>(() =>
            TestHost.StartAsync(services: services => services.AddTypedTasks(tasks => tasks.AddWorker<IHasty, Hasty>())));
        Assert.Contains("the idempotency window of hasty.pay is 01:00:00", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_lease_shortens_the_grace_that_nobody_set()
    {
        var options = new WorkerOptions();
        Assert.Equal(TimeSpan.FromSeconds(5), options.CancellationGrace);
        options.Lease = TimeSpan.FromSeconds(2);
        Assert.Equal(TimeSpan.FromSeconds(2), options.CancellationGrace);
        options.CancellationGrace = TimeSpan.FromSeconds(1);
        Assert.Equal(TimeSpan.FromSeconds(1), options.CancellationGrace);
        await using TestHost host = await TestHost.StartAsync(worker => worker.Lease = TimeSpan.FromSeconds(2));
    }
}
