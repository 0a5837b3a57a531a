using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>What was done is settled, however often it takes, and never done again because of it.</summary>
public abstract class SettlingDuty<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_settlement_that_fails_is_tried_again_and_the_handler_is_not()
    {
        WorkerHost worker = await StartWorkerAsync();
        worker.Faults.Next(EngineOperation.Settle, EngineFault.Fail, EngineFault.Fail, EngineFault.Fail);

        TaskHandle<string> task = await Client.RunAsync("work", default, Cancellation);

        Assert.Equal("work", await Soon(task.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("work"));
    }

    [Fact]
    public async Task A_settlement_whose_answer_was_lost_harms_nothing()
    {
        WorkerHost worker = await StartWorkerAsync(options => options.Concurrency = 1);
        worker.Faults.Next(EngineOperation.Settle, EngineFault.LoseAnswer, EngineFault.LoseAnswer);

        TaskHandle<string> first = await Client.RunAsync("first", default, Cancellation);
        TaskHandle<string> second = await Client.RunAsync("second", default, Cancellation);

        Assert.Equal("first", await Soon(first.ResultAsync(Cancellation)));
        Assert.Equal("second", await Soon(second.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("first"));
        Assert.Single(Stage.Runs("second"));
    }

    [Fact]
    public async Task A_settlement_that_takes_longer_than_the_lease_still_holds()
    {
        WorkerHost worker = await StartWorkerAsync();
        worker.Faults.Always(EngineOperation.Settle, EngineFault.Fail);
        TaskHandle<string> task = await Client.RunAsync("work", default, Cancellation);
        await Soon(Stage.Started("work"));

        await Subject.AdvanceAsync(Lease * 3);
        worker.Faults.Clear();

        Assert.Equal("work", await Soon(task.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("work"));
    }

    [Fact]
    public async Task A_worker_that_cannot_receive_tries_again()
    {
        WorkerHost worker = await StartWorkerAsync();
        worker.Faults.Next(EngineOperation.Receive, EngineFault.Fail, EngineFault.Fail);

        TaskHandle<string> first = await Client.RunAsync("first", default, Cancellation);
        TaskHandle<string> second = await Client.RunAsync("second", default, Cancellation);

        Assert.Equal("first", await Soon(first.ResultAsync(Cancellation)));
        Assert.Equal("second", await Soon(second.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task Whatever_goes_wrong_by_chance_every_task_ends_once()
    {
        WorkerHost worker = await StartWorkerAsync();
        foreach (EngineOperation operation in new[] { EngineOperation.Settle, EngineOperation.Renew, EngineOperation.Write })
        {
            worker.Faults.ByChance(operation, EngineFault.LoseAnswer, 0.3);
        }

        string prefix = $"k{Guid.NewGuid():N}";
        Stage.On("work", (context, _) => new ValueTask<string>(context.Key!));
        IReadOnlyList<TaskHandle<string>> tasks = await Client.EnqueueManyAsync(Enumerable.Range(0, 100).Select(i => ProbeTasks.Keyed($"{prefix}{i}", "work")), default, Cancellation);

        for (int i = 0; i < tasks.Count; i++)
        {
            Assert.Equal($"{prefix}{i}", await Soon(tasks[i].ResultAsync(Cancellation)));
        }

        Assert.Equal(100, Stage.Runs("work").Count);
    }
}
