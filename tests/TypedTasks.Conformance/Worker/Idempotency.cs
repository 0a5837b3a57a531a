using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>A task with a key completes once for each key.</summary>
public abstract class Idempotency<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_second_task_of_the_same_key_gets_the_first_ones_result()
    {
        int runs = 0;
        Stage.On("work", (_, _) => new ValueTask<string>($"run {++runs}"));
        await StartWorkerAsync();
        string key = NewKey();

        TaskHandle<string> first = await Client.KeyedAsync(key, "work", default, Cancellation);
        Assert.Equal("run 1", await Soon(first.ResultAsync(Cancellation)));
        TaskHandle<string> second = await Client.KeyedAsync(key, "work", default, Cancellation);

        Assert.Equal("run 1", await Soon(second.ResultAsync(Cancellation)));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Other_keys_and_the_callers_own_are_other_runs()
    {
        await StartWorkerAsync();
        string key = NewKey();

        await Soon((await Client.KeyedAsync(key, "work", default, Cancellation)).ResultAsync(Cancellation));
        await Soon((await Client.KeyedAsync(key + "x", "work", default, Cancellation)).ResultAsync(Cancellation));
        await Soon((await Client.KeyedAsync(key, "work", new EnqueueOptions { Key = key + "own" }, Cancellation)).ResultAsync(Cancellation));

        Assert.Equal(3, Stage.Runs("work").Count);
    }

    [Fact]
    public async Task Of_two_at_once_one_runs_and_the_other_waits_its_turn()
    {
        TaskCompletionSource<string> gate = Stage.Hold("work");
        await StartWorkerAsync();
        string key = NewKey();
        TaskHandle<string> first = await Client.KeyedAsync(key, "work", default, Cancellation);
        await Soon(Stage.Started("work"));

        TaskHandle<string> second = await Client.KeyedAsync(key, "work", default, Cancellation);
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Single(Stage.Runs("work"));
        gate.SetResult("done once");

        Assert.Equal("done once", await Soon(first.ResultAsync(Cancellation)));
        Assert.Equal("done once", await Soon(second.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("work"));
    }

    [Fact]
    public async Task A_failure_lets_the_key_go()
    {
        string key = NewKey();
        Stage.FailUntil("fails", attempt: int.MaxValue);
        await StartWorkerAsync();
        await FailsAsync(await Client.KeyedAsync(key, "fails", default, Cancellation));

        Assert.Equal("works", await Soon((await Client.KeyedAsync(key, "works", default, Cancellation)).ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_task_keeps_its_own_key_through_its_retries()
    {
        Stage.FailUntil("flaky", attempt: 3);
        await StartWorkerAsync();

        Assert.Equal("flaky", await Soon((await Client.KeyedAsync(NewKey(), "flaky", default, Cancellation)).ResultAsync(Cancellation)));
        Assert.Equal([1, 2, 3], Stage.Runs("flaky").Select(run => run.Attempt));
    }

    [Fact]
    public async Task A_task_that_is_delivered_again_after_it_completed_is_not_run_again()
    {
        await StartWorkerAsync();
        string key = NewKey();
        TaskId id = TaskId.New();
        TaskHandle<string> first = await Client.KeyedAsync(key, "work", EnqueueOptions.WithId(id), Cancellation);
        await Soon(first.ResultAsync(Cancellation));

        // What a broker does that lost the settlement: the same task again.
        await first.ForgetAsync(Cancellation);
        TaskHandle<string> again = await Client.KeyedAsync(key, "work", EnqueueOptions.WithId(id), Cancellation);
        Assert.Equal(Subject.RemembersForgottenIds, again.IsDuplicate);
        if (again.IsDuplicate)
        {
            return;
        }

        Assert.Equal("work", await Soon(again.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("work"));
    }

    [Fact]
    public async Task A_task_whose_settlement_died_with_its_worker_is_not_run_again()
    {
        WorkerHost crashed = await StartWorkerAsync();
        crashed.Faults.Always(EngineOperation.Settle, EngineFault.Fail);
        TaskHandle<string> task = await Client.KeyedAsync(NewKey(), "work", default, Cancellation);
        await UntilAsync(() => crashed.Faults.Count(EngineOperation.Settle) > 0, "the key to be completed, and the settlement to be tried");

        crashed.Faults.CutOff();
        await StartWorkerAsync();

        Assert.Equal("work", await Soon(task.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("work"));
    }

    [Fact]
    public async Task A_crashed_workers_key_is_taken_over_by_the_same_task()
    {
        Stage.On("work", async (context, token) => context.Attempt == 1 ? await new TaskCompletionSource<string>().Task.WaitAsync(token) : "second life");
        WorkerHost crashed = await StartWorkerAsync();
        TaskHandle<string> task = await Client.KeyedAsync(NewKey(), "work", default, Cancellation);
        await Soon(Stage.Started("work"));

        crashed.Faults.CutOff();
        await StartWorkerAsync();

        Assert.Equal("second life", await Soon(task.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_completes_no_key()
    {
        var gate = new TaskCompletionSource<string>();
        Stage.On("work", async (context, _) => context.Attempt == 1 ? await gate.Task : "the second attempt's");
        WorkerHost stale = await StartWorkerAsync();
        string key = NewKey();
        TaskHandle<string> task = await Client.KeyedAsync(key, "work", default, Cancellation);
        await Soon(Stage.Started("work"));
        stale.Faults.CutOff();
        await StartWorkerAsync();
        await Soon(Stage.Started("work", attempt: 2));

        stale.Faults.Reconnect();
        gate.SetResult("the first attempt's");

        Assert.Equal("the second attempt's", await Soon(task.ResultAsync(Cancellation)));
        Assert.Equal("the second attempt's", await Soon((await Client.KeyedAsync(key, "work", default, Cancellation)).ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_costs_no_attempt_and_repeats_no_work()
    {
        WorkerHost worker = await StartWorkerAsync();
        worker.Faults.Next(EngineOperation.Write, EngineFault.Fail, EngineFault.LoseAnswer, EngineFault.None, EngineFault.LoseAnswer);

        TaskHandle<string> task = await Client.KeyedAsync(NewKey(), "work", default, Cancellation);

        Assert.Equal("work", await Soon(task.ResultAsync(Cancellation)));
        Assert.Equal(1, Assert.Single(Stage.Runs("work")).Attempt);
    }

    [Fact]
    public async Task However_many_come_at_once_each_key_runs_once()
    {
        const int Keys = 20;
        const int Copies = 10;
        string prefix = NewKey();
        int atOnce = 0;
        int most = 0;
        var perKey = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        Stage.On("work", (context, _) =>
        {
            int now = Interlocked.Increment(ref atOnce);
            most = Math.Max(most, now);
            perKey.AddOrUpdate(context.Key!, 1, static (_, count) => count + 1);
            Interlocked.Decrement(ref atOnce);
            return new ValueTask<string>(context.Key!);
        });
        await StartWorkerAsync(options => options.Concurrency = 8);
        await StartWorkerAsync(options => options.Concurrency = 8);

        var calls = Enumerable.Range(0, Keys * Copies).Select(i => ProbeTasks.Keyed($"{prefix}-{i % Keys}", "work"));
        IReadOnlyList<TaskHandle<string>> tasks = await Client.EnqueueManyAsync(calls, default, Cancellation);

        for (int i = 0; i < tasks.Count; i++)
        {
            Assert.Equal($"{prefix}-{i % Keys}", await Soon(tasks[i].ResultAsync(Cancellation)));
        }

        Assert.Equal(Keys, perKey.Count);
        Assert.All(perKey.Values, count => Assert.Equal(1, count));
    }

    private static string NewKey() => $"k{Guid.NewGuid():N}";
}
