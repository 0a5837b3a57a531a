using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Testing;
using TypedTasks.Worker;

namespace TypedTasks.Tests;

/// <summary>What an attempt that was given up leaves to the others.</summary>
public sealed class AbandonTests
{
    [Fact]
    public async Task The_task_that_takes_the_place_of_one_that_was_given_up_runs_outside_of_the_lanes_lock()
    {
        var handler = new Stubborn();
        await using TaskTestHost host = await TaskTestHost.StartAsync(tasks =>
        {
            tasks.Services.AddSingleton(handler);
            tasks.AddClient<IStubborn>().AddWorker<IStubborn, Stubborn>(options =>
            {
                options.Concurrency = 1;
                options.Prefetch = 1;
            });
        });
        bool? isLocked = null;
        LaneWorker lane = Assert.Single(host.Services.GetRequiredService<WorkerService>().Lanes);
        handler.OnRun = () => isLocked = lane.Gate.IsHeldByCurrentThread;
        await host.Client<IStubborn>().HangAsync();
        TaskHandle<NoResult> next = await host.Client<IStubborn>().RunAsync();

        await host.AdvanceAsync(TimeSpan.FromMinutes(1));

        await next.ResultAsync(TimeSpan.Zero);
        Assert.False(isLocked);
    }
}

[TaskContract("stubborn")]
public interface IStubborn
{
    [Task(TimeLimit = "1s", MaxAttempts = 1)]
    ValueTask HangAsync();

    [Task]
    ValueTask RunAsync();
}

public sealed class Stubborn : IStubborn
{
    public Action? OnRun { get; set; }

    public async ValueTask HangAsync() => await new TaskCompletionSource().Task;

    public ValueTask RunAsync()
    {
        OnRun?.Invoke();
        return default;
    }
}
