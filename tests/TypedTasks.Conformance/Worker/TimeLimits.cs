using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>An attempt ends, one way or the other.</summary>
public abstract class TimeLimits<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_time_limit_fires_the_token_and_the_attempt_is_tried_again()
    {
        DateTimeOffset fired = default;
        Stage.On("slow", async (context, token) =>
        {
            if (context.Attempt > 1)
            {
                return "quick";
            }

            // Callbacks run last in, first out: the time is taken before the handler ends.
            Task<string> never = new TaskCompletionSource<string>().Task.WaitAsync(token);
            token.Register(() => fired = Now);
            return await never;
        });
        await StartWorkerAsync();

        TaskHandle<string> task = await Client.LimitedAsync("slow", default, Cancellation);

        Assert.Equal("quick", await Soon(task.ResultAsync(Cancellation)));
        IReadOnlyList<StageRun> runs = Stage.Runs("slow");
        Assert.True(runs[0].Token.IsCancellationRequested);

        // The limit counts from the worker's first step for the attempt, a moment before the handler's.
        Assert.InRange(fired - runs[0].At, TimeSpan.FromSeconds(3) - Subject.Lateness, TimeSpan.FromSeconds(3) + Subject.LatestSeen);
        Assert.InRange(runs[1].At - fired, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1) + Subject.LatestSeen);
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_gives_its_slot_back()
    {
        TaskCompletionSource<string> gate = Stage.HoldStubbornly("stuck");
        await StartWorkerAsync(options => options.Concurrency = 1);
        TaskHandle<string> stuck = await Client.LimitedAsync("stuck", default, Cancellation);
        await Soon(Stage.Started("stuck"));

        Assert.Equal("next", await Soon((await Client.RunAsync("next", default, Cancellation)).ResultAsync(Cancellation)));
        TaskFailedException failed = await FailsAsync(stuck);

        Assert.Equal("System.TimeoutException", failed.Failure?.Type);
        Assert.Contains("did not observe", failed.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(2, Stage.Runs("stuck").Count);
        gate.SetResult("far too late");
        Assert.Equal(TaskState.DeadLettered, await stuck.StateAsync(Cancellation));
    }

    [Fact]
    public async Task A_handler_that_was_given_up_still_sees_its_own_fence_and_headers()
    {
        var gate = new TaskCompletionSource();
        var seen = new TaskCompletionSource<(long Fence, string Tenant)>();
        Stage.On("stuck", async (context, _) =>
        {
            // Its second attempt may have begun, too, and waits here with a fence of its own.
            bool isFirst = context.Attempt == 1;
            await gate.Task;
            if (isFirst)
            {
                seen.TrySetResult((context.Fence, context.Headers["tenant"]));
            }

            return "far too late";
        });
        await StartWorkerAsync(options => options.Concurrency = 1);
        await Client.LimitedAsync("stuck", new EnqueueOptions { Headers = new Dictionary<string, string> { ["tenant"] = "acme" } }, Cancellation);
        long fence = (await Soon(Stage.Started("stuck"))).Fence;

        // Others have been delivered meanwhile, and what held the first delivery holds theirs.
        for (int number = 0; number < 8; number++)
        {
            TaskHandle<string> next = await Client.RunAsync($"next {number}", new EnqueueOptions { Headers = new Dictionary<string, string> { ["tenant"] = "other" } }, Cancellation);
            await Soon(next.ResultAsync(Cancellation));
        }

        gate.SetResult();
        Assert.Equal((fence, "acme"), await Soon(seen.Task));
    }

    [Fact]
    public async Task Work_that_was_done_in_spite_of_the_limit_is_kept()
    {
        Stage.On("diligent", async (_, token) =>
        {
            var fired = new TaskCompletionSource<string>();
            using (token.Register(() => fired.SetResult("done all the same")))
            {
                return await fired.Task;
            }
        });
        await StartWorkerAsync();

        TaskHandle<string> task = await Client.LimitedAsync("diligent", default, Cancellation);

        Assert.Equal("done all the same", await Soon(task.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("diligent"));
    }
}
