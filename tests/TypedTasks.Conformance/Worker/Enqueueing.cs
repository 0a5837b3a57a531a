using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>What a producer can rely on.</summary>
public abstract class Enqueueing<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    protected override EngineSetup Setup => new() { MaxTasksPerLane = 8, PublishTimeout = TimeSpan.FromSeconds(2), MaxLength = 4096 };

    [Fact]
    public async Task A_full_lane_does_not_keep_canvases_from_going_on()
    {
        List<TaskHandle<string>> chains = [];
        for (int number = 0; number < 8; number++)
        {
            chains.Add(await Producer.Canvas.EnqueueAsync(Canvas.Chain(ProbeTasks.Run($"first {number}")).Then(ProbeTasks.RunLink()).Then(ProbeTasks.Run($"last {number}")), default, Cancellation));
        }

        await StartWorkerAsync();

        for (int number = 0; number < chains.Count; number++)
        {
            Assert.Equal($"last {number}", await Soon(chains[number].ResultAsync(Cancellation)));
            Assert.Single(Stage.Runs($"last {number}"));
        }
    }

    [Fact]
    public async Task An_id_is_accepted_once()
    {
        await StartWorkerAsync();
        TaskId id = TaskId.New();

        TaskHandle<string> first = await Client.RunAsync("work", EnqueueOptions.WithId(id), Cancellation);
        await Soon(first.ResultAsync(Cancellation));
        TaskHandle<string> second = await Client.RunAsync("work", EnqueueOptions.WithId(id), Cancellation);

        Assert.False(first.IsDuplicate);
        Assert.True(second.IsDuplicate);
        Assert.Equal("work", await Soon(second.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("work"));
    }

    [Fact]
    public async Task Many_come_back_in_order()
    {
        await StartWorkerAsync();

        IReadOnlyList<TaskHandle<string>> tasks = await Client.EnqueueManyAsync(Enumerable.Range(0, 6).Select(i => ProbeTasks.Run($"{i}")), default, Cancellation);

        for (int i = 0; i < tasks.Count; i++)
        {
            Assert.Equal($"{i}", await Soon(tasks[i].ResultAsync(Cancellation)));
        }
    }

    [Fact]
    public async Task One_that_is_too_large_does_not_take_the_others_with_it()
    {
        await StartWorkerAsync();
        byte[] huge = new byte[1_200_000];

        EnqueueManyException refused = await Assert.ThrowsAsync<EnqueueManyException>(() => Soon(Client.EnqueueManyAsync(
            [ProbeTasks.Swallow([1]), ProbeTasks.Swallow(huge), ProbeTasks.Swallow([2])], default, Cancellation)));

        Assert.Equal(2, refused.Accepted.Count);
        TaskRejectedException rejected = Assert.IsType<TaskRejectedException>(Assert.Single(refused.Failures));
        Assert.Equal(TaskRejection.TooLarge, rejected.Reason);
        Assert.Equal([1], refused.FailedIndexes);
        foreach (TaskId id in refused.Accepted)
        {
            Assert.Equal(TaskState.Succeeded, (await Soon(Engine.Outcomes.WaitAsync(id, Cancellation))).State);
        }
    }

    [Fact]
    public async Task One_whose_key_is_refused_does_not_take_the_others_with_it()
    {
        EnqueueManyException refused = await Assert.ThrowsAsync<EnqueueManyException>(() => Soon(Client.EnqueueManyAsync(
            [ProbeTasks.Keyed("key", "work"), ProbeTasks.Keyed(new string('k', 600), "work"), ProbeTasks.Keyed("other", "work")], default, Cancellation)));

        Assert.Equal(2, refused.Accepted.Count);
        Assert.IsType<TaskKeyException>(Assert.Single(refused.Failures));
    }

    [Fact]
    public async Task Calls_that_are_broken_off_leave_those_before_accepted_and_named()
    {
        static IEnumerable<TaskCall<IProbe, string, ProbeTasks.RunArguments>> Rows()
        {
            yield return ProbeTasks.Run("first");
            yield return ProbeTasks.Run("second");
            throw new InvalidDataException("row 3");
        }

        EnqueueManyException broken = await Assert.ThrowsAsync<EnqueueManyException>(() => Soon(Client.EnqueueManyAsync(Rows(), default, Cancellation)));

        Assert.IsType<InvalidDataException>(broken.InnerException);
        Assert.Equal(2, broken.Accepted.Count);
        Assert.Empty(broken.Failures);
        foreach (TaskId id in broken.Accepted)
        {
            Assert.Equal(TaskState.Queued, (await Soon(Engine.Outcomes.GetAsync(id, Cancellation))).State);
        }
    }

    [Fact]
    public async Task Many_calls_end_when_the_engine_takes_no_more()
    {
        Assert.SkipUnless(Subject.HasExactCapacity, "This engine's capacity cannot be set to a few tasks.");
        int read = 0;
        EnqueueManyException refused = await Assert.ThrowsAsync<EnqueueManyException>(() => Soon(Client.EnqueueManyAsync(
            Enumerable.Range(0, 100_000).Select(_ => ProbeTasks.Run($"{++read}")), default, Cancellation)));

        Assert.Equal(8, refused.Accepted.Count);
        Assert.Equal(Enumerable.Range(8, refused.Failures.Count), refused.FailedIndexes);
        Assert.Equal(read, refused.Accepted.Count + refused.Failures.Count);
        Assert.InRange(read, 9, 1_000);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_with_its_size_and_the_limit()
    {
        TaskRejectedException rejected = await Assert.ThrowsAsync<TaskRejectedException>(async () => await Client.SwallowAsync(new byte[1_200_000], default, Cancellation));

        Assert.Equal(TaskRejection.TooLarge, rejected.Reason);
        Assert.Contains("1,200,0", rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_engine_pushes_back_then_says_so()
    {
        Assert.SkipUnless(Subject.HasExactCapacity, "This engine's capacity cannot be set to a few tasks.");
        await Client.EnqueueManyAsync(Enumerable.Repeat(ProbeTasks.Run("fills"), 8), default, Cancellation);
        Task<TaskHandle<string>> ninth = Client.RunAsync("ninth", default, Cancellation).AsTask();
        await Subject.QuietAsync();
        Assert.False(ninth.IsCompleted);

        TaskRejectedException rejected = await Assert.ThrowsAsync<TaskRejectedException>(() => Soon(ninth));

        Assert.Equal(TaskRejection.Full, rejected.Reason);
    }

    [Fact]
    public async Task A_producer_that_waits_goes_on_when_a_worker_makes_room()
    {
        Assert.SkipUnless(Subject.HasExactCapacity, "This engine's capacity cannot be set to a few tasks.");
        await Client.EnqueueManyAsync(Enumerable.Repeat(ProbeTasks.Run("fills"), 8), default, Cancellation);
        Task<TaskHandle<string>> ninth = Client.RunAsync("ninth", default, Cancellation).AsTask();

        await StartWorkerAsync();

        Assert.Equal("ninth", await Soon((await Soon(ninth)).ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_told_and_a_second_try_is_safe()
    {
        WorkerHost producer = await StartProducerAsync();
        producer.Faults.Next(EngineOperation.Publish, EngineFault.LoseAnswer);

        TaskUnconfirmedException unconfirmed = await Assert.ThrowsAsync<TaskUnconfirmedException>(async () => await producer.Client.RunAsync("work", default, Cancellation));
        TaskHandle<string> again = await producer.Client.RunAsync("work", EnqueueOptions.WithId(unconfirmed.Id), Cancellation);

        Assert.True(again.IsDuplicate);
        await StartWorkerAsync();
        Assert.Equal("work", await Soon(again.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("work"));
    }
}
