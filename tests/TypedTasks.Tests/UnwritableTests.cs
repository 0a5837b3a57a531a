using TypedTasks.Engine;
using TypedTasks.Testing;

namespace TypedTasks.Tests;

/// <summary>What cannot be written, on its way out and on its way back.</summary>
public sealed class UnwritableTests
{
    [Fact]
    public async Task A_call_that_cannot_be_written_is_refused_and_does_not_take_the_others_with_it()
    {
        await using TaskTestHost host = await StartAsync();
        ITaskClient<IWords> client = host.Client<IWords>();

        TaskRejectedException alone = await Assert.ThrowsAsync<TaskRejectedException>(async () => await client.JoinAsync(["a", null!]));
        EnqueueManyException many = await Assert.ThrowsAsync<EnqueueManyException>(async () =>
            await client.EnqueueManyAsync([WordsTasks.Join(["a"]), WordsTasks.Join(["b", null!]), WordsTasks.Join(["c"])]));

        Assert.Equal(TaskRejection.Unwritable, alone.Reason);
        Assert.Equal("The call of 'words.join' cannot be written: The value is nil but 'String' is not nullable.", alone.Message);
        Assert.Equal(2, many.Accepted.Count);
        Assert.Equal([1], many.FailedIndexes);
        Assert.Equal(TaskRejection.Unwritable, Assert.IsType<TaskRejectedException>(Assert.Single(many.Failures)).Reason);
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_is_final_and_its_handler_not_run_again()
    {
        await using TaskTestHost host = await StartAsync();
        TaskHandle<string> task = await host.Client<IWords>().JoinAsync([]);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));

        TaskFailedException failure = await Assert.ThrowsAsync<TaskFailedException>(async () => await task.ResultAsync());
        Assert.Equal("The handler's result cannot be written: The value is nil but 'String' is not nullable.", failure.Failure?.Message);
        StoredDeadLetter letter = Assert.Single(await host.DeadLettersAsync(WordsTasks.JoinArguments.Task));
        Assert.Equal((DeadLetterReason.ResultRefused, 1), (letter.Note.Reason, letter.Note.Attempts));
    }

    [Fact]
    public async Task A_wait_that_is_longer_than_any_timer_waits()
    {
        await using TaskTestHost host = await StartAsync();
        TaskHandle<string> task = await host.Client<IWords>().JoinAsync(["a"]);
        await host.DrainAsync();

        Assert.Equal("a", await task.ResultAsync(TimeSpan.MaxValue));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await task.ResultAsync(TimeSpan.FromSeconds(-5)));
    }

    [Fact]
    public async Task Times_at_the_ends_of_time_mean_what_they_say()
    {
        await using TaskTestHost host = await StartAsync();
        ITaskClient<IWords> client = host.Client<IWords>();
        TaskHandle<string> never = await client.JoinAsync(["a"], EnqueueOptions.In(TimeSpan.MaxValue));
        TaskHandle<string> last = await client.JoinAsync(["a"], EnqueueOptions.At(DateTimeOffset.MaxValue));
        TaskHandle<string> lasting = await client.JoinAsync(["a"], new EnqueueOptions { ExpiresIn = TimeSpan.MaxValue, Deadline = DateTimeOffset.MaxValue });
        TaskHandle<string> late = await client.JoinAsync(["a"], new EnqueueOptions { Deadline = DateTimeOffset.UnixEpoch });
        TaskHandle<string> later = await client.JoinAsync(["a"], new EnqueueOptions { Deadline = DateTimeOffset.MinValue });
        await host.DrainAsync();

        Assert.Equal(TaskState.Queued, await never.StateAsync());
        Assert.Equal(TaskState.Queued, await last.StateAsync());
        Assert.Equal("a", await lasting.ResultAsync());
        Assert.Equal(TaskState.Expired, await late.StateAsync());
        Assert.Equal(TaskState.Expired, await later.StateAsync());
    }

    [Fact]
    public async Task A_mistake_before_the_first_of_many_calls_is_told_as_it_is()
    {
        await using TaskTestHost host = await StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () => await host.Client<IWords>().EnqueueManyAsync([WordsTasks.Join(["a"])], EnqueueOptions.In(TimeSpan.FromSeconds(-1))));
    }

    [Fact]
    public async Task A_header_that_is_null_is_named()
    {
        await using TaskTestHost host = await StartAsync();
        ArgumentException mistake = await Assert.ThrowsAsync<ArgumentException>(async () =>
            await host.Client<IWords>().JoinAsync(["a"], new EnqueueOptions { Headers = new Dictionary<string, string> { ["tenant"] = null! } }));
        Assert.StartsWith("The header 'tenant' is null.", mistake.Message, StringComparison.Ordinal);
    }

    private static Task<TaskTestHost> StartAsync() => TaskTestHost.StartAsync(tasks => tasks.AddClient<IWords>().AddWorker<IWords, Words>());

    private sealed class Words : IWords
    {
        public ValueTask<string> JoinAsync(List<string> words) => new(words.Count == 0 ? null! : string.Join(' ', words));
    }
}

[TaskContract("words")]
public interface IWords
{
    [Task(MaxAttempts = 3, Backoff = "1s")]
    ValueTask<string> JoinAsync(List<string> words);
}
