using System.Collections.Concurrent;
using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>A result that the engine does not take.</summary>
public abstract class LargeResults<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    private const int TooLong = 1_100_000;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"typedtasks-{Guid.NewGuid():N}");

    protected override EngineSetup Setup => new() { MaxLength = 4096 };

    protected override ILargeOutcomeStore? LargeOutcomes => IsStored ? Store : null;

    private HeldStore Store => field ??= new HeldStore(new FileOutcomeStore(_folder, timeProvider: Subject.Time));

    /// <summary>Whether hosts and client have a store for large outcomes.</summary>
    protected virtual bool IsStored => true;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task It_goes_to_the_store_for_large_outcomes_and_comes_back()
    {
        Assert.SkipUnless(IsStored, "There is no store.");
        await StartWorkerAsync();

        TaskHandle<byte[]> task = await Client.FillAsync(TooLong, default, Cancellation);

        Assert.Equal(TooLong, (await Soon(task.ResultAsync(Cancellation))).Length);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task An_attempt_that_lost_its_lease_writes_over_nothing()
    {
        Assert.SkipUnless(IsStored, "There is no store.");
        WorkerHost stale = await StartWorkerAsync();
        Task<TaskCompletionSource> held = Store.HoldNextAsync();
        TaskHandle<byte[]> task = await Client.FillAsync(TooLong, default, Cancellation);
        TaskCompletionSource hold = await Soon(held);
        stale.Faults.CutOff();
        await StartWorkerAsync();
        Assert.Equal(TooLong, (await Soon(task.ResultAsync(Cancellation))).Length);

        hold.SetResult();
        await Soon(Store.AllWritten);

        Assert.Equal(2, Store.Places.Distinct().Count());
    }

    [Fact]
    public async Task A_failure_that_says_more_than_the_engine_takes_is_recorded_as_far_as_it_goes()
    {
        Stage.On("fails", static (_, _) => throw new DeadLetterException(new string('€', TaskFailure.MaxMessageLength)));
        await StartWorkerAsync();

        TaskFailedException failed = await FailsAsync(await Client.RunAsync("fails", default, Cancellation));

        Assert.Equal(TaskState.DeadLettered, failed.State);
        Assert.Equal(typeof(DeadLetterException).FullName, failed.Failure?.Type);
        Assert.StartsWith("€€€", failed.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(DeadLetterReason.NotTransient, (await OneDeadLetterAsync()).Note.Reason);
    }

    [Fact]
    public async Task An_effect_that_returns_more_than_can_be_recorded_is_not_run_again()
    {
        int runs = 0;
        Stage.On("effect", async (context, _) =>
        {
            await context.OnceAsync("large", _ => new ValueTask<byte[]>(new byte[TooLong + runs++]));
            return "done";
        });
        await StartWorkerAsync();

        TaskFailedException failed = await FailsAsync(await Client.RunAsync("effect", default, Cancellation));

        Assert.Equal(typeof(TypedTasks.MessagePack.PayloadTooLargeException).FullName, failed.Failure?.Type);
        Assert.Equal(DeadLetterReason.ResultRefused, (await OneDeadLetterAsync()).Note.Reason);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Without_a_store_the_task_is_a_dead_letter_that_says_size_and_limit()
    {
        Assert.SkipWhen(IsStored, "There is a store.");
        await StartWorkerAsync();

        TaskFailedException failed = await FailsAsync(await Client.FillAsync(TooLong, default, Cancellation));

        Assert.Equal("ResultRefused", failed.Failure?.Type);
        Assert.Contains("1,100,0", failed.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(DeadLetterReason.ResultRefused, (await OneDeadLetterAsync()).Note.Reason);
    }
}

/// <summary>A store that holds a write up when it is told to.</summary>
internal sealed class HeldStore(ILargeOutcomeStore inner) : ILargeOutcomeStore
{
    private readonly ConcurrentQueue<TaskId> _places = new();
    private readonly ConcurrentQueue<Task> _writes = new();
    private TaskCompletionSource<TaskCompletionSource>? _holding;

    /// <summary>Where was written, in the order in which that began.</summary>
    internal IReadOnlyCollection<TaskId> Places => _places;

    /// <summary>Completes when every write that has begun has ended.</summary>
    internal Task AllWritten => Task.WhenAll(_writes);

    /// <summary>Holds the next write up; completes when it has begun, with what lets it go on.</summary>
    internal Task<TaskCompletionSource> HoldNextAsync()
    {
        var holding = new TaskCompletionSource<TaskCompletionSource>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _holding, holding);
        return holding.Task;
    }

    public ValueTask WriteAsync(TaskId id, ReadOnlyMemory<byte> outcome, TimeSpan keep, CancellationToken cancellationToken)
    {
        _places.Enqueue(id);
        Task writing = WriteHeldAsync(id, outcome, keep, cancellationToken);
        _writes.Enqueue(writing);
        return new ValueTask(writing);
    }

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(TaskId id, CancellationToken cancellationToken) => inner.ReadAsync(id, cancellationToken);

    private async Task WriteHeldAsync(TaskId id, ReadOnlyMemory<byte> outcome, TimeSpan keep, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _holding, null) is { } holding)
        {
            var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            holding.SetResult(hold);
            await hold.Task;
        }

        await inner.WriteAsync(id, outcome, keep, cancellationToken);
    }
}

/// <summary>The same, for hosts without a store for large outcomes.</summary>
public abstract class RefusedResults<TEngine> : LargeResults<TEngine>
    where TEngine : EngineUnderTest, new()
{
    protected override bool IsStored => false;
}
