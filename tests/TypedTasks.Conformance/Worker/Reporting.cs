using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>What a task says of itself while it runs.</summary>
public abstract class Reporting<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task The_last_report_is_read_by_its_caller()
    {
        Stage.On("report", async (context, _) =>
        {
            await context.ReportAsync(10);
            await context.ReportAsync(20);
            return "done";
        });
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("report", default, Cancellation);
        Assert.Null(await (await Client.RunAsync("silent", default, Cancellation)).ProgressAsync<int>(Cancellation));

        await Soon(task.ResultAsync(Cancellation));

        TaskProgress<int>? progress = await task.ProgressAsync<int>(Cancellation);
        Assert.Equal(20, progress?.Value);
        Assert.Equal(1, progress?.Attempt);
    }

    [Fact]
    public async Task Reports_are_watched_until_the_task_ends()
    {
        var step = new TaskCompletionSource();
        Stage.On("report", async (context, _) =>
        {
            await context.ReportAsync("half");
            await step.Task;
            await context.ReportAsync("whole");
            return "done";
        });
        TaskHandle<string> task = await Client.RunAsync("report", default, Cancellation);
        List<string> seen = [];
        Task watching = WatchAsync();
        await StartWorkerAsync();

        await Soon(watching);

        Assert.Equal(["half", "whole"], seen);

        async Task WatchAsync()
        {
            await foreach (TaskProgress<string> progress in task.WatchAsync<string>(Cancellation))
            {
                seen.Add(progress.Value);
                step.TrySetResult();
            }
        }
    }

    [Fact]
    public async Task A_report_that_is_of_another_type_than_its_reader_expects_says_so()
    {
        Stage.On("report", async (context, _) =>
        {
            await context.ReportAsync("half");
            return "done";
        });
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("report", default, Cancellation);
        await Soon(task.ResultAsync(Cancellation));

        TaskOutcomeUnavailableException read = await Assert.ThrowsAsync<TaskOutcomeUnavailableException>(() => Soon(task.ProgressAsync<int>(Cancellation)));
        TaskOutcomeUnavailableException watched = await Assert.ThrowsAsync<TaskOutcomeUnavailableException>(() => Soon(WatchAsync()));

        Assert.Equal(task.Id, read.Id);
        Assert.Contains("'probe.run'", read.Message, StringComparison.Ordinal);
        Assert.Contains("Int32", read.Message, StringComparison.Ordinal);
        Assert.Equal(read.Message, watched.Message);

        async Task WatchAsync()
        {
            await foreach (TaskProgress<int> _ in task.WatchAsync<int>(Cancellation))
            {
            }
        }
    }

    [Fact]
    public async Task A_watcher_may_give_up()
    {
        using var givingUp = new CancellationTokenSource();
        TaskHandle<string> task = await Client.RunAsync("silent", default, Cancellation);
        Task watching = WatchAsync();

        await givingUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(watching));

        async Task WatchAsync()
        {
            await foreach (TaskProgress<int> _ in task.WatchAsync<int>(givingUp.Token))
            {
            }
        }
    }

    [Fact]
    public async Task A_report_of_a_type_without_codec_says_what_to_do()
    {
        Stage.On("report", async (context, _) =>
        {
            await context.ReportAsync(new System.Text.StringBuilder());
            return "done";
        });
        await StartWorkerAsync();

        TaskFailedException failed = await FailsAsync(await Client.PickyAsync("report", default, Cancellation));

        Assert.Contains("[TaskPayload]", failed.Failure?.Message, StringComparison.Ordinal);
    }
}
