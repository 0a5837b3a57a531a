using System.Collections.Concurrent;
using TypedTasks.Worker;

namespace TypedTasks.Diagnostics.Tests;

public sealed class DedicatedTests
{
    [Fact]
    public async Task A_dedicated_handler_runs_on_a_named_background_thread_of_its_own()
    {
        await using TestHost host = await TestHost.StartAsync(worker => worker.Concurrency = 2);
        var threads = new ConcurrentBag<Thread>();
        bool isAfterAwaitOnPool = false;
        host.Jobs.OnCompute = async (_, _) =>
        {
            threads.Add(Thread.CurrentThread);
            await Task.Yield();
            isAfterAwaitOnPool = Thread.CurrentThread.IsThreadPoolThread;
            return "done";
        };
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("done", await (await host.Client.ComputeAsync(i)).ResultAsync(TestHost.Patience));
        }

        Assert.All(threads, thread => Assert.False(thread.IsThreadPoolThread));
        Assert.All(threads, thread => Assert.True(thread.IsBackground));
        Assert.All(threads, thread => Assert.StartsWith("TypedTasks numbers/jobs ", thread.Name, StringComparison.Ordinal));
        Assert.InRange(threads.Distinct().Count(), 1, 2);
        Assert.True(isAfterAwaitOnPool);
    }

    [Fact]
    public async Task Handlers_that_compute_run_side_by_side_as_many_as_the_concurrency_and_the_pool_stays_free()
    {
        const int Concurrency = 6;
        await using TestHost host = await TestHost.StartAsync(worker =>
        {
            worker.Concurrency = Concurrency;
            worker.Prefetch = 3;
        });
        using var together = new CountdownEvent(Concurrency);
        using var release = new ManualResetEventSlim();
        int most = 0;
        int now = 0;
        host.Jobs.OnCompute = (_, _) =>
        {
            int running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            if (!release.IsSet)
            {
                together.Signal();
                release.Wait(TestHost.Patience);
            }

            Interlocked.Decrement(ref now);
            return new ValueTask<string>(Thread.CurrentThread.Name!);
        };
        var handles = new List<TaskHandle<string>>();
        for (int i = 0; i < 3 * Concurrency; i++)
        {
            handles.Add(await host.Client.ComputeAsync(i));
        }

        Assert.True(together.Wait(TestHost.Patience));

        // All of them compute, and an ordinary task is done all the same.
        Assert.Equal(1, await (await host.Client.RunAsync("light")).ResultAsync(TestHost.Patience));
        release.Set();
        foreach (TaskHandle<string> handle in handles)
        {
            Assert.StartsWith("TypedTasks numbers/jobs ", await handle.ResultAsync(TestHost.Patience), StringComparison.Ordinal);
        }

        Assert.Equal(Concurrency, most);
    }

    [Fact]
    public void Threads_start_when_needed_and_end_when_stopped()
    {
        var threads = new DedicatedThreads(new Lane("numbers", "jobs"), 2, ThreadPoolScheduler.Instance);
        Assert.Equal(0, threads.Count);
        Thread first = Run(threads);
        Assert.Equal(1, threads.Count);
        threads.Dispose();
        Assert.True(first.Join(TestHost.Patience));
        Assert.Equal(0, threads.Count);
        Assert.True(Run(threads).IsThreadPoolThread);
        threads.Dispose();
    }

    [Fact]
    public void A_thread_that_is_stuck_does_not_hold_up_the_others_and_ends_when_it_returns()
    {
        using var threads = new DedicatedThreads(new Lane("numbers", "jobs"), 1, ThreadPoolScheduler.Instance);
        using var started = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        Thread stuck = null!;
        threads.Queue(new Item(() =>
        {
            stuck = Thread.CurrentThread;
            started.Set();
            release.Wait(TestHost.Patience);
        }));
        Assert.True(started.Wait(TestHost.Patience));
        Thread other = Run(threads);
        Assert.NotEqual(stuck, other);
        release.Set();
        Assert.True(SpinWait.SpinUntil(() => threads.Count == 1, TestHost.Patience));
    }

    private static Thread Run(DedicatedThreads threads)
    {
        using var done = new ManualResetEventSlim();
        Thread thread = null!;
        threads.Queue(new Item(() =>
        {
            thread = Thread.CurrentThread;
            done.Set();
        }));
        Assert.True(done.Wait(TestHost.Patience));
        return thread;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen = Volatile.Read(ref most);
        while (seen < value && Interlocked.CompareExchange(ref most, value, seen) is int actual && actual != seen)
        {
            seen = actual;
        }
    }

    private sealed class Item(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
