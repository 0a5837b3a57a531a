using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>Outcomes: what became of a task can be read and waited for, as long as it is kept; nobody waits for ever.</summary>
public abstract class Outcomes<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_task_is_queued_then_running_then_retrying_then_what_it_became()
    {
        Assert.Equal(TaskState.Unknown, await StateAsync("a"));
        await PublishAsync("a");
        Assert.Equal(TaskState.Queued, await StateAsync("a"));
        await using ILaneConsumer consumer = await ConsumeAsync();
        Delivery delivery = await ReceiveAsync(consumer);
        Assert.Equal(TaskState.Running, await StateAsync("a"));
        await SettleAsync(consumer, Retry(delivery, Subject.Lease));
        Assert.Equal(TaskState.Retrying, await StateAsync("a"));
        await LeaseEndsAsync();
        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer), "result"));

        TaskStatusReport report = await StatusAsync("a");
        Assert.Equal(TaskState.Succeeded, report.State);
        Assert.True(report.HasEnded);
        Assert.Equal(Bytes("result"), report.Outcome.ToArray());
    }

    [Theory]
    [InlineData(TaskState.Failed)]
    [InlineData(TaskState.Cancelled)]
    [InlineData(TaskState.Expired)]
    public async Task A_task_ends_as_the_worker_says(TaskState state)
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();

        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer)) with { State = state });

        Assert.Equal(state, await StateAsync("a"));
    }

    [Fact]
    public async Task Those_who_wait_learn_of_the_end()
    {
        await PublishAsync("a");
        Task<TaskStatusReport>[] waiting = [.. Enumerable.Range(0, 5).Select(_ => WaitAsync("a"))];
        await Subject.QuietAsync();
        Assert.All(waiting, wait => Assert.False(wait.IsCompleted));
        await using ILaneConsumer consumer = await ConsumeAsync();

        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer), "result"));

        foreach (TaskStatusReport report in await Soon(Task.WhenAll(waiting)))
        {
            Assert.Equal(TaskState.Succeeded, report.State);
            Assert.Equal(Bytes("result"), report.Outcome.ToArray());
        }
    }

    [Fact]
    public async Task Who_waits_for_a_task_that_has_ended_learns_it_at_once()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer), "result"));

        Assert.Equal(Bytes("result"), (await Soon(WaitAsync("a"))).Outcome.ToArray());
    }

    [Fact]
    public async Task Who_waits_for_a_task_that_nobody_knows_learns_it_at_once()
    {
        Assert.Equal(TaskState.Unknown, (await Soon(WaitAsync("nobody's"))).State);
    }

    [Fact]
    public async Task Who_waits_goes_on_waiting_over_retries_and_lost_leases()
    {
        await PublishAsync("a");
        Task<TaskStatusReport> waiting = WaitAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        await SettleAsync(consumer, Retry(await ReceiveAsync(consumer)));
        await ReceiveAsync(consumer);
        await LeaseEndsAsync();
        Assert.False(waiting.IsCompleted);

        await SettleAsync(consumer, DeadLetter(await ReceiveAsync(consumer), "in vain"));

        TaskStatusReport report = await Soon(waiting);
        Assert.Equal(TaskState.DeadLettered, report.State);
        Assert.Equal(Bytes("in vain"), report.Outcome.ToArray());
    }

    [Fact]
    public async Task Who_gives_up_waiting_disturbs_nobody()
    {
        await PublishAsync("a");
        using CancellationTokenSource gaveUp = new();
        Task<TaskStatusReport> impatient = Engine.Outcomes.WaitAsync(IdOf("a"), gaveUp.Token).AsTask();
        Task<TaskStatusReport> patient = WaitAsync("a");

        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(impatient));
        await using ILaneConsumer consumer = await ConsumeAsync();
        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer)));
        Assert.Equal(TaskState.Succeeded, (await Soon(patient)).State);
    }

    [Fact]
    public async Task Of_many_who_wait_for_one_task_some_give_up_and_all_others_learn_its_end()
    {
        await PublishAsync("a");
        using var gaveUp = new CancellationTokenSource();
        Task<TaskStatusReport>[] waiting = [.. Enumerable.Range(0, 2000).Select(number => Engine.Outcomes.WaitAsync(IdOf("a"), number % 2 == 0 ? gaveUp.Token : Cancellation).AsTask())];
        await Soon(Engine.Outcomes.ForgetAsync(IdOf("a"), Cancellation));
        await using ILaneConsumer consumer = await ConsumeAsync();
        Delivery delivery = await ReceiveAsync(consumer);
        await gaveUp.CancelAsync();
        foreach (Task<TaskStatusReport> one in waiting.Where((_, number) => number % 2 == 0))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(one));
        }

        await SettleAsync(consumer, Complete(delivery));

        foreach (Task<TaskStatusReport> one in waiting.Where((_, number) => number % 2 != 0))
        {
            Assert.Equal(TaskState.Succeeded, (await Soon(one)).State);
        }
    }

    [Fact]
    public async Task An_outcome_is_kept_for_its_time_and_not_longer()
    {
        TimeSpan keep = TimeSpan.FromSeconds(3);
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer), keep: keep));

        await Subject.AdvanceAsync(keep / 3);
        Assert.Equal(TaskState.Succeeded, await StateAsync("a"));
        await Subject.AdvanceAsync(keep + Subject.Lateness);

        Assert.Equal(TaskState.Unknown, await StateAsync("a"));
    }

    [Fact]
    public async Task An_outcome_that_is_to_be_kept_for_ever_is_kept_for_long()
    {
        await PublishAsync("a", "b");
        await using ILaneConsumer consumer = await ConsumeAsync();
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(await ReceiveAsync(consumer), keep: TimeSpan.MaxValue)));
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, DeadLetter(await ReceiveAsync(consumer)) with { KeepOutcome = TimeSpan.MaxValue }));

        Assert.Equal((TaskState.Succeeded, TaskState.DeadLettered), (await StateAsync("a"), await StateAsync("b")));
    }

    [Fact]
    public async Task An_outcome_can_be_forgotten()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer)));

        await Soon(Engine.Outcomes.ForgetAsync(IdOf("a"), Cancellation));

        TaskStatusReport report = await StatusAsync("a");
        Assert.Equal(TaskState.Unknown, report.State);
        Assert.True(report.Outcome.IsEmpty);
    }

    [Fact]
    public async Task Forgetting_does_nothing_to_a_task_that_has_not_ended()
    {
        await PublishAsync("a");

        await Soon(Engine.Outcomes.ForgetAsync(IdOf("a"), Cancellation));
        await Soon(Engine.Outcomes.ForgetAsync(TaskId.New(), Cancellation));

        Assert.Equal(TaskState.Queued, await StateAsync("a"));
        await using ILaneConsumer consumer = await ConsumeAsync();
        Assert.Equal("a", LabelOf(await ReceiveAsync(consumer)));
    }

    [Fact]
    public async Task An_outcome_that_is_not_to_be_kept_is_not_kept_and_ends_the_wait()
    {
        await PublishAsync("a");
        Task<TaskStatusReport> waiting = WaitAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();

        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer), keep: TimeSpan.Zero));

        Assert.Equal(TaskState.Unknown, await StateAsync("a"));
        TaskState state = (await Soon(waiting)).State;
        Assert.True(state is TaskState.Unknown or TaskState.Succeeded, $"Ended as {state}.");
    }

    [Fact]
    public async Task An_outcome_is_copied_from_the_workers_buffer()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        byte[] buffer = Bytes("result");

        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer)) with { Outcome = buffer });
        buffer.AsSpan().Clear();

        Assert.Equal(Bytes("result"), (await StatusAsync("a")).Outcome.ToArray());
    }

    private Task<TaskStatusReport> WaitAsync(string label) => Engine.Outcomes.WaitAsync(IdOf(label), Cancellation).AsTask();
}
