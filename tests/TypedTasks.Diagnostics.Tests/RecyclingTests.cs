using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Testing;
using TypedTasks.Worker;

namespace TypedTasks.Diagnostics.Tests;

public sealed class RecyclingTests
{
    [Fact]
    public async Task A_worker_that_has_done_its_number_of_tasks_drains_and_asks_the_host_to_stop()
    {
        await using TestHost host = await TestHost.StartAsync(worker =>
        {
            worker.RecycleAfterTasks = 3;
            worker.Concurrency = 1;
            worker.Prefetch = 0;
        });
        Task stopping = StoppingAsync(host);
        for (int i = 0; i < 3; i++)
        {
            Assert.False(stopping.IsCompleted);
            await (await host.Client.RunAsync("one")).ResultAsync(TestHost.Patience);
        }

        await stopping.WaitAsync(TestHost.Patience);
        WorkerService worker = host.Services.GetRequiredService<WorkerService>();
        Assert.Contains("RecycleAfterTasks", worker.RecycledBecause, StringComparison.Ordinal);
        Assert.Empty(worker.Lanes);
        TaskHandle<int> late = await host.Client.RunAsync("late");
        Assert.Equal(TaskState.Queued, await late.StateAsync());
    }

    [Fact]
    public async Task A_process_that_has_grown_too_large_is_stopped()
    {
        var time = new VirtualTime();
        var memory = new Memory { Bytes = 99_000_000 };
        await using TestHost host = await TestHost.StartAsync(worker => worker.RecycleAtMemory = 100_000_000, time, services => services.AddSingleton<ProcessMemory>(memory));
        Task stopping = StoppingAsync(host);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(host.Services.GetRequiredService<WorkerService>().RecycledBecause);
        memory.Bytes = 100_000_000;
        time.Advance(TimeSpan.FromSeconds(5));
        await stopping.WaitAsync(TestHost.Patience);
        Assert.Contains("RecycleAtMemory", host.Services.GetRequiredService<WorkerService>().RecycledBecause, StringComparison.Ordinal);
    }

    private static Task StoppingAsync(TestHost host)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        return stopping.Task;
    }

    private sealed class Memory : ProcessMemory
    {
        internal long Bytes { get; set; }

        internal override long Used => Bytes;
    }
}
