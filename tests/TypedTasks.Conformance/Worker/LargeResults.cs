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

    protected override ILargeOutcomeStore? LargeOutcomes => IsStored ? new FileOutcomeStore(_folder, timeProvider: Subject.Time) : null;

    /// <summary>Whether hosts and client have a store for large outcomes.</summary>
    protected virtual bool IsStored => true;

    [Fact]
    public async Task It_goes_to_the_store_for_large_outcomes_and_comes_back()
    {
        Assert.SkipUnless(IsStored, "There is no store.");
        try
        {
            await StartWorkerAsync();

            TaskHandle<byte[]> task = await Client.FillAsync(TooLong, default, Cancellation);

            Assert.Equal(TooLong, (await Soon(task.ResultAsync(Cancellation))).Length);
            Assert.Single(Directory.GetFiles(_folder));
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
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

/// <summary>The same, for hosts without a store for large outcomes.</summary>
public abstract class RefusedResults<TEngine> : LargeResults<TEngine>
    where TEngine : EngineUnderTest, new()
{
    protected override bool IsStored => false;
}
