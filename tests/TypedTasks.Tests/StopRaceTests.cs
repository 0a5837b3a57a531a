using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Engine;
using TypedTasks.Testing;
using TypedTasks.Worker;

namespace TypedTasks.Tests;

/// <summary>Moments at which an attempt is told to stop that are easily missed.</summary>
public sealed class StopRaceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_cancellation_between_admission_and_start_keeps_the_handler_from_running()
    {
        var time = new VirtualTime();
        var clock = new HookedTime(time);
        await using FaultyEngine engine = new(time.CreateEngine(), time);
        await using ServiceProvider provider = await StartAsync(time, clock, engine);
        ITaskClient<IInvoices> client = provider.GetRequiredService<ITaskClient<IInvoices>>();
        TaskId id = TaskId.New();
        bool isCancelled = false;

        // An expiry is looked at after the cancellations, and for that the clock is asked.
        clock.OnUtcNow = stack =>
        {
            if (!isCancelled && stack.Contains("IsLate", StringComparison.Ordinal))
            {
                isCancelled = true;
                TaskCancellation.RequestAsync(engine, id, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
        };
        TaskHandle<string> task = await client.GenerateAsync(Guid.Empty, 1, new EnqueueOptions { Id = id, ExpiresIn = TimeSpan.FromHours(1) });

        TaskFailedException failed = await Assert.ThrowsAsync<TaskFailedException>(() => task.ResultAsync().AsTask().WaitAsync(Patience));
        Assert.True(isCancelled);
        Assert.Equal(TaskState.Cancelled, failed.State);
    }

    [Fact]
    public async Task An_attempt_that_was_given_up_while_its_key_was_claimed_does_not_run()
    {
        var time = new VirtualTime();
        int runs = 0;
        await using var host = await TaskTestHost.StartAsync(
            tasks =>
            {
                tasks.Services.AddSingleton(new InvoiceHandler { OnOnce = () => runs++ });
                tasks.AddClient<IInvoices>().AddWorker<IInvoices, InvoiceHandler>(options => options.Lease = TimeSpan.FromSeconds(2));
            },
            time);
        host.Engine.Faults.Next(EngineOperation.Write, EngineFault.After(TimeSpan.FromMinutes(1)));
        TaskHandle<string> task = await host.Client<IInvoices>().OnceAsync(Guid.NewGuid());
        await time.CalmAsync();

        await host.Engine.DropLeasesAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal("once", await task.ResultAsync().AsTask().WaitAsync(Patience));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_cancellation_of_a_task_that_ends_at_that_moment_leaves_nothing_behind()
    {
        await using TaskTestHost host = await TaskTestHost.StartAsync(tasks => tasks.AddClient<IInvoices>().AddWorker<IInvoices, InvoiceHandler>());
        await host.Engine.Administration.PauseAsync(InvoicesTasks.OnceArguments.Task.Lane.Queue, CancellationToken.None);
        TaskHandle<string> task = await host.Client<IInvoices>().OnceAsync(Guid.NewGuid());

        // The tombstone is written late, when the task has come to its end, and its broadcast would come too late as well.
        host.Engine.Faults.Next(EngineOperation.Write, EngineFault.After(TimeSpan.FromSeconds(1)));
        Task<bool> cancelling = task.CancelAsync().AsTask();
        await host.Engine.Administration.ResumeAsync(InvoicesTasks.OnceArguments.Task.Lane.Queue, CancellationToken.None);
        Assert.Equal("once", await task.ResultAsync().AsTask().WaitAsync(Patience));
        await host.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.False(await cancelling.WaitAsync(Patience));
        Assert.Null(await host.Engine.State.GetAsync(TaskCancellation.KeyOf(task.Id), CancellationToken.None));
    }

    [Fact]
    public async Task A_deadline_at_the_end_of_time_does_not_overflow_a_fine_clock()
    {
        var time = new VirtualTime();
        await using FaultyEngine engine = new(time.CreateEngine(), time);
        await using ServiceProvider provider = await StartAsync(time, new HookedTime(time), engine);
        ITaskClient<IInvoices> client = provider.GetRequiredService<ITaskClient<IInvoices>>();

        TaskHandle<string> task = await client.GenerateAsync(Guid.Empty, 1, new EnqueueOptions { Deadline = DateTimeOffset.MaxValue });

        Assert.NotEmpty(await task.ResultAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_cancellation_that_is_told_while_they_are_listed_is_not_forgotten()
    {
        var time = new VirtualTime();
        await using ITaskEngine inner = time.CreateEngine();
        TaskId id = TaskId.New();
        var engine = new ListHook(inner, () => TaskCancellation.RequestAsync(inner, id, CancellationToken.None).AsTask().GetAwaiter().GetResult());
        var book = new CancellationBook(engine, time, NullLogger.Instance);

        await book.StartAsync(CancellationToken.None);

        Assert.True(book.Contains(id));
        await book.DisposeAsync();
    }

    private static async Task<ServiceProvider> StartAsync(VirtualTime time, TimeProvider clock, FaultyEngine engine)
    {
        var services = new ServiceCollection();
        services.AddTypedTasks(tasks => tasks.UseVirtualTime(time).UseEngine("faulty", _ => engine).AddClient<IInvoices>().AddWorker<IInvoices, InvoiceHandler>());
        services.Replace(ServiceDescriptor.Singleton(clock));
        ServiceProvider provider = services.BuildServiceProvider();
        foreach (IHostedService service in provider.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        return provider;
    }

    /// <summary>Virtual time in nanoseconds, as on Linux, that says when it is asked.</summary>
    private sealed class HookedTime(VirtualTime time) : TimeProvider
    {
        public Action<string>? OnUtcNow { get; set; }

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => (time.GetTimestamp() - VirtualTime.Start.Ticks) * 100;

        public override DateTimeOffset GetUtcNow()
        {
            OnUtcNow?.Invoke(Environment.StackTrace);
            return time.GetUtcNow();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>Lets something happen after the state was listed and before the list is read to its end.</summary>
    private sealed class ListHook(ITaskEngine inner, Action afterList) : ForwardingEngine(inner), IStateStore
    {
        public override IStateStore State => this;

        public ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken) => Inner.State.GetAsync(key, cancellationToken);

        public ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) => Inner.State.CreateAsync(key, value, timeToLive, cancellationToken);

        public ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) => Inner.State.ReplaceAsync(key, revision, value, timeToLive, cancellationToken);

        public ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken) => Inner.State.DeleteAsync(key, revision, cancellationToken);

        public async IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (KeyValuePair<string, StateEntry> entry in Inner.State.ListAsync(prefix, cancellationToken))
            {
                yield return entry;
            }

            afterList();
        }
    }
}
