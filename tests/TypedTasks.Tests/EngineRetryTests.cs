using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Engine;
using TypedTasks.Testing;
using TypedTasks.Worker;

namespace TypedTasks.Tests;

/// <summary>How a worker waits for an engine that failed, and how it stops waiting.</summary>
public sealed class EngineRetryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pause_goes_on_on_the_scheduler_whatever_ended_it(bool isCutShort)
    {
        var time = new VirtualTime();
        await using ITaskEngine engine = time.CreateEngine();
        var scheduler = new ByHand();
        var environment = new WorkerEnvironment(engine, time, scheduler, new Random(1), NullLogger.Instance);
        using var giveUp = new CancellationTokenSource();

        Task<bool> pause = EngineRetry.PauseAsync(failures: 3, environment, giveUp.Token).AsTask();
        if (isCutShort)
        {
            await giveUp.CancelAsync();
        }
        else
        {
            await time.AdvanceAsync(TimeSpan.FromSeconds(5));
        }

        Assert.False(pause.IsCompleted);
        Assert.Equal(1, scheduler.RunAll());
        Assert.True(pause.IsCompleted);
        Assert.Equal(!isCutShort, await pause);
    }

    [Fact]
    public async Task A_key_that_cannot_be_completed_is_given_up_with_its_lane()
    {
        await using TaskTestHost host = await TaskTestHost.StartAsync(tasks =>
        {
            tasks.Services.AddSingleton<InvoiceHandler>();
            tasks.AddClient<IInvoices>().AddWorker<IInvoices, InvoiceHandler>(options => options.ShutdownGrace = TimeSpan.FromSeconds(1));
        });
        host.Services.GetRequiredService<InvoiceHandler>().OnOnce = () => host.Engine.Faults.Always(EngineOperation.Write, EngineFault.Fail);
        await host.Client<IInvoices>().OnceAsync(Guid.NewGuid());
        await host.AdvanceAsync(TimeSpan.FromSeconds(30));
        int before = host.Engine.Faults.Count(EngineOperation.Write);

        await host.StopAsync();
        int after = host.Engine.Faults.Count(EngineOperation.Write);
        await host.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.True(before > 5, $"The key is completed again and again, and was {before} times.");
        Assert.Equal(after, host.Engine.Faults.Count(EngineOperation.Write));
    }

    /// <summary>Runs what it is given when it is told to.</summary>
    private sealed class ByHand : IWorkScheduler
    {
        private readonly Queue<IThreadPoolWorkItem> _items = new();

        public void Queue(IThreadPoolWorkItem item) => _items.Enqueue(item);

        public int RunAll()
        {
            int count = 0;
            for (; _items.TryDequeue(out IThreadPoolWorkItem? item); count++)
            {
                item.Execute();
            }

            return count;
        }
    }
}
