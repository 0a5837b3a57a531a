using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>What a caller gets to know of a task.</summary>
public abstract class Results<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_result_comes_back_typed()
    {
        await StartWorkerAsync();

        TaskHandle<int> task = await Client.AddAsync(40, 2, default, Cancellation);

        Assert.Equal(42, await Soon(task.ResultAsync(Cancellation)));
        Assert.Equal(TaskState.Succeeded, await task.StateAsync(Cancellation));
    }

    [Fact]
    public async Task A_task_is_found_again_by_its_id()
    {
        TaskId id = (await Client.AddAsync(40, 2, default, Cancellation)).Id;
        Assert.Equal(TaskState.Queued, await Client.AddHandle(id).StateAsync(Cancellation));

        await StartWorkerAsync();

        Assert.Equal(42, await Soon(Client.AddHandle(TaskId.Parse(id.ToString())).ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task Asking_for_a_task_that_nobody_enqueued_enqueues_none_and_waits_for_none()
    {
        TaskHandle<int> none = Client.AddHandle(TaskId.New());

        Assert.Equal(TaskState.Unknown, await none.StateAsync(Cancellation));
        TaskOutcomeUnavailableException unknown = await Assert.ThrowsAsync<TaskOutcomeUnavailableException>(() => Soon(none.ResultAsync(Cancellation)));
        Assert.Equal(none.Id, unknown.Id);
        Assert.Throws<ArgumentException>(() => Client.AddHandle(TaskId.Empty));
    }

    [Fact]
    public async Task A_remote_call_is_an_ordinary_call()
    {
        await StartWorkerAsync();

        Assert.Equal(42, await Soon(Client.Remote.AddAsync(40, 2)));
        await Soon(Client.Remote.NoteAsync("nothing to return", cancellationToken: Cancellation).AsTask());
    }

    [Fact]
    public async Task A_failure_comes_back_as_data()
    {
        await StartWorkerAsync();
        Stage.On("fails", (_, _) => throw new DeadLetterException("outer", new FormatException("no number: ½ 🙂")));

        TaskHandle<string> task = await Client.RunAsync("fails", default, Cancellation);

        TaskFailedException failed = await FailsAsync(task);
        Assert.Equal(task.Id, failed.Id);
        Assert.Equal("probe.run", failed.TaskName);
        Assert.Equal(TaskState.DeadLettered, failed.State);
        Assert.Equal("System.FormatException", failed.Failure?.Type);
        Assert.Equal("no number: ½ 🙂", failed.Failure?.Message);
    }

    [Fact]
    public async Task A_failure_tells_where_it_happened()
    {
        await StartWorkerAsync();
        Stage.On("fails", (_, _) => throw new ArgumentException("bad"));

        TaskFailedException failed = await FailsAsync(await Client.PickyAsync("fails", default, Cancellation));

        Assert.Contains("ProbeHandler", failed.Failure?.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_states_of_a_task_are_seen_as_it_goes()
    {
        TaskCompletionSource<string> gate = Stage.Hold("watched");
        TaskHandle<string> task = await Client.RunAsync("watched", default, Cancellation);
        Assert.Equal(TaskState.Queued, await task.StateAsync(Cancellation));

        await StartWorkerAsync();
        await Soon(Stage.Started("watched"));
        Assert.Equal(TaskState.Running, await task.StateAsync(Cancellation));

        gate.SetException(new InvalidOperationException("once"));
        await UntilStateAsync(task, TaskState.Retrying);

        Stage.On("watched", (_, _) => new ValueTask<string>("done"));
        Assert.Equal("done", await Soon(task.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_waiter_that_came_first_gets_the_result()
    {
        TaskHandle<string> task = await Client.RunAsync("later", default, Cancellation);
        Task<string> waiting = task.ResultAsync(Cancellation).AsTask();

        await StartWorkerAsync();

        Assert.Equal("later", await Soon(waiting));
    }

    [Fact]
    public async Task A_wait_ends_by_its_time_limit_and_the_task_goes_on()
    {
        TaskHandle<string> task = await Client.RunAsync("slow", default, Cancellation);

        TaskWaitTimeoutException ended = await Assert.ThrowsAsync<TaskWaitTimeoutException>(() => Soon(task.ResultAsync(TimeSpan.FromSeconds(1), Cancellation)));

        Assert.Equal(task.Id, ended.Id);
        await StartWorkerAsync();
        Assert.Equal("slow", await Soon(task.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_time_limit_may_be_anything_but_negative()
    {
        TaskHandle<string> task = await Client.RunAsync("slow", default, Cancellation);

        ArgumentOutOfRangeException negative = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await task.ResultAsync(TimeSpan.FromSeconds(-1), Cancellation));
        await Assert.ThrowsAsync<TaskWaitTimeoutException>(() => Soon(task.ResultAsync(TimeSpan.Zero, Cancellation)));

        Assert.Equal("timeout", negative.ParamName);
        await StartWorkerAsync();
        Assert.Equal("slow", await Soon(task.ResultAsync(TimeSpan.MaxValue, Cancellation)));
        Assert.Equal("slow", await Soon(task.ResultAsync(TimeSpan.Zero, Cancellation)));
        Assert.Equal("slow", await Soon(task.ResultAsync(Timeout.InfiniteTimeSpan, Cancellation)));
    }

    [Fact]
    public async Task Waiting_for_a_task_that_nobody_knows_ends_at_once()
    {
        TaskHandle<string> known = await Client.RunAsync("known", default, Cancellation);
        await StartWorkerAsync();
        await Soon(known.ResultAsync(Cancellation));
        await known.ForgetAsync(Cancellation);

        await Assert.ThrowsAsync<TaskOutcomeUnavailableException>(() => Soon(known.ResultAsync(Cancellation)));
        Assert.Equal(TaskState.Unknown, await known.StateAsync(Cancellation));
    }

    [Fact]
    public async Task A_task_that_has_not_ended_is_not_forgotten()
    {
        TaskHandle<string> task = await Client.RunAsync("waits", default, Cancellation);

        await task.ForgetAsync(Cancellation);

        await StartWorkerAsync();
        Assert.Equal("waits", await Soon(task.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_task_whose_outcome_is_not_kept_says_so()
    {
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.UnkeptAsync("unkept", default, Cancellation);

        TaskOutcomeUnavailableException unavailable = await Assert.ThrowsAsync<TaskOutcomeUnavailableException>(() => Soon(task.ResultAsync(Cancellation)));

        Assert.Contains("KeepOutcome", unavailable.Message, StringComparison.Ordinal);
        await Soon(Stage.Started("unkept"));
    }

    [Fact]
    public async Task A_caller_that_gives_up_a_remote_call_cancels_the_task()
    {
        using var caller = new CancellationTokenSource();
        Stage.Hold("given up");
        await StartWorkerAsync();
        Task<string> calling = Client.Remote.RunAsync("given up", cancellationToken: caller.Token).AsTask();
        StageRun run = await Soon(Stage.Started("given up"));

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(calling));
        await Soon(Fired(run.Token));
    }

    private static Task Fired(CancellationToken token)
    {
        var fired = new TaskCompletionSource();
        token.Register(fired.SetResult);
        return fired.Task;
    }
}
