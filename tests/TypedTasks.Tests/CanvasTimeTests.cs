using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Embedded;
using TypedTasks.Engine;
using TypedTasks.Testing;

namespace TypedTasks.Tests;

/// <summary>Canvases that take days, and what is left of them.</summary>
public sealed class CanvasTimeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_that_begins_later_than_a_group_waits_is_joined_all_the_same()
    {
        await using TaskTestHost host = await StartAsync(new Tide());
        TaskHandle<int> joined = await host.Canvas.EnqueueAsync(
            Canvas.Group(TidesTasks.Rise("a"), TidesTasks.Rise("b")).Join(JoinOn.AllSucceeded, TidesTasks.CountLink()), EnqueueOptions.In(TimeSpan.FromDays(30)), Cancellation);

        await host.AdvanceAsync(TimeSpan.FromDays(29), Cancellation);
        Assert.Equal(TaskState.Queued, await joined.StateAsync(Cancellation));
        await host.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        await host.DrainAsync(Cancellation);

        Assert.Equal(2, await joined.ResultAsync(TimeSpan.Zero, Cancellation));
    }

    [Fact]
    public async Task A_member_that_is_requeued_days_after_the_join_ends_well()
    {
        var tide = new Tide { Fails = true };
        await using TaskTestHost host = await StartAsync(tide);
        TaskHandle<int> joined = await host.Canvas.EnqueueAsync(
            Canvas.Group(TidesTasks.Rise("fails"), TidesTasks.Rise("b")).Join(JoinOn.AllEnded, TidesTasks.CountLink()), default, Cancellation);
        await host.DrainAsync(Cancellation);
        Assert.Equal(1, await joined.ResultAsync(TimeSpan.Zero, Cancellation));

        await host.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        await RequeueAsync(host, tide);

        Assert.Empty(await host.DeadLettersAsync(TidesTasks.RiseArguments.Task, Cancellation));
        Assert.Equal(1, tide.Counts);
    }

    [Fact]
    public async Task A_member_that_is_requeued_does_not_join_again_where_the_join_could_not_be_noted_at_once()
    {
        var tide = new Tide { Fails = true };
        await using TaskTestHost host = await StartAsync(tide, concurrency: 1);

        // What begins the canvas, the ends of its members, and then what follows the join: its note among it.
        host.Engine.Faults.Next(EngineOperation.Write, EngineFault.None, EngineFault.None, EngineFault.None, EngineFault.None, EngineFault.Fail, EngineFault.Fail);
        await host.Canvas.EnqueueAsync(Canvas.Group(TidesTasks.Rise("fails"), TidesTasks.Rise("b")).Join(JoinOn.AllEnded, TidesTasks.Sound()), default, Cancellation);
        await host.AdvanceAsync(TimeSpan.FromHours(3), Cancellation);
        Assert.Equal(1, tide.Counts);

        await RequeueAsync(host, tide);

        Assert.Equal(1, tide.Counts);
    }

    [Fact]
    public async Task Canvases_one_after_another_do_not_fill_the_state_store()
    {
        await using TaskTestHost host = await StartAsync(new Tide());
        int kept = 0;
        for (int number = 0; number < 10; number++)
        {
            await host.Canvas.EnqueueAsync(Canvas.Chain(TidesTasks.Rise("a")).Then(TidesTasks.Sound()), default, Cancellation);
            await host.DrainAsync(Cancellation);
        }

        await foreach (KeyValuePair<string, StateEntry> entry in host.Engine.State.ListAsync("", Cancellation))
        {
            kept++;
        }

        Assert.Equal(0, kept);
    }

    [Fact]
    public async Task A_last_step_that_comes_while_its_plan_is_looked_for_is_known()
    {
        var time = new VirtualTime();
        var id = TaskId.New();
        var engine = new Hastening(time.CreateEngine());
        var services = new ServiceCollection();
        services.AddTypedTasks(tasks => tasks.UseVirtualTime(time).UseEngine("hastening", _ => engine).AddClient<ITides>());
        await using ServiceProvider provider = services.BuildServiceProvider();
        ITaskClient<ITides> tides = provider.GetRequiredService<ITaskClient<ITides>>();
        engine.OnRead = async () => await tides.SoundAsync(EnqueueOptions.WithId(id), Cancellation);

        Assert.Equal(TaskState.Queued, await tides.SoundHandle(id).StateAsync(Cancellation));
        await Assert.ThrowsAsync<TaskWaitTimeoutException>(async () => await tides.SoundHandle(id).ResultAsync(TimeSpan.Zero, Cancellation));
    }

    [Fact]
    public async Task A_queue_that_the_engine_cannot_have_is_told_and_not_asked_for_for_ever()
    {
        await using TaskTestHost host = await StartAsync(new Tide());

        // With that of the worker as many as there may be.
        await host.Engine.StartAsync([.. Enumerable.Range(1, new EmbeddedEngineOptions().MaxLanes - 1).Select(number => new Lane($"q{number}", "other"))], Cancellation);
        TaskHandle<NoResult> chain = await host.Canvas.EnqueueAsync(Canvas.Chain(TidesTasks.Rise("a")).Then(BasinsTasks.Drain()), default, Cancellation);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.Equal(DeadLetterReason.CanvasBroken, Assert.Single(await host.DeadLettersAsync(TidesTasks.RiseArguments.Task, Cancellation)).Note.Reason);
        Assert.Equal(TaskState.DeadLettered, await chain.StateAsync(Cancellation));
    }

    [Fact]
    public async Task A_failure_that_its_group_could_not_be_told_of_is_told_by_the_next_delivery()
    {
        await using TaskTestHost host = await StartAsync(new Tide());
        TaskHandle<int> joined = await host.Canvas.EnqueueAsync(
            Canvas.Group(TidesTasks.Hang(), TidesTasks.Hang()).Join(JoinOn.AllEnded, TidesTasks.CountLink()), default, Cancellation);
        host.Engine.Faults.Always(EngineOperation.Read, EngineFault.Fail);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);

        // Both are given up for good. The worker believes its leases lost, and the engine knows better.
        host.Engine.Faults.Always(EngineOperation.Renew, EngineFault.LoseAnswer);
        await host.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);
        host.Engine.Faults.Clear();
        await host.AdvanceAsync(TimeSpan.FromMinutes(2), Cancellation);

        Assert.Equal(0, await joined.ResultAsync(TimeSpan.Zero, Cancellation));
    }

    private static Task<TaskTestHost> StartAsync(Tide tide, int concurrency = 4) => TaskTestHost.StartAsync(tasks =>
    {
        tasks.Services.AddSingleton(tide);
        tasks.AddClient<ITides>().AddWorker<ITides, Tide>(options => options.Concurrency = concurrency);
    });

    private static async Task RequeueAsync(TaskTestHost host, Tide tide)
    {
        tide.Fails = false;
        StoredDeadLetter letter = Assert.Single(await host.DeadLettersAsync(TidesTasks.RiseArguments.Task, Cancellation));
        Assert.True(await host.Engine.Administration.RequeueDeadLetterAsync(letter.Lane, letter.Id, Cancellation));
        await host.DrainAsync(Cancellation);
    }
}

/// <summary>An engine in which something happens just before a value of the state is read, the first time.</summary>
internal sealed class Hastening(ITaskEngine inner) : ForwardingEngine(inner), IStateStore
{
    public Func<ValueTask>? OnRead { get; set; }

    public override IStateStore State => this;

    public async ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (OnRead is { } act)
        {
            OnRead = null;
            await act();
        }

        return await Inner.State.GetAsync(key, cancellationToken);
    }

    public ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) =>
        Inner.State.CreateAsync(key, value, timeToLive, cancellationToken);

    public ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) =>
        Inner.State.ReplaceAsync(key, revision, value, timeToLive, cancellationToken);

    public ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken) => Inner.State.DeleteAsync(key, revision, cancellationToken);

    public IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(string prefix, CancellationToken cancellationToken) => Inner.State.ListAsync(prefix, cancellationToken);
}

[TaskContract("tides")]
public interface ITides
{
    [Task(MaxAttempts = 1)]
    ValueTask<string> RiseAsync(string name);

    [Task(MaxAttempts = 1, TimeLimit = "1s")]
    ValueTask<string> HangAsync();

    [Task]
    ValueTask<int> CountAsync(string[] names);

    [Task]
    ValueTask SoundAsync();
}

/// <summary>A contract of which nobody has a worker.</summary>
[TaskContract("basins")]
public interface IBasins
{
    [Task]
    ValueTask DrainAsync();
}

public sealed class Tide : ITides
{
    private int _counts;

    public bool Fails { get; set; }

    /// <summary>How often something joined.</summary>
    public int Counts => Volatile.Read(ref _counts);

    public ValueTask<string> RiseAsync(string name) => Fails && name == "fails" ? throw new InvalidOperationException("not yet") : new ValueTask<string>(name);

    public async ValueTask<string> HangAsync() => await new TaskCompletionSource<string>().Task;

    public ValueTask<int> CountAsync(string[] names)
    {
        Interlocked.Increment(ref _counts);
        return new ValueTask<int>(names.Length);
    }

    public ValueTask SoundAsync()
    {
        Interlocked.Increment(ref _counts);
        return default;
    }
}
