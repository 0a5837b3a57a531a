using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>An effect that was recorded is not repeated.</summary>
public abstract class Effects<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_recorded_effect_is_not_repeated_in_the_next_attempt()
    {
        int charges = 0;
        Stage.On("pay", async (context, _) =>
        {
            int charge = await context.OnceAsync("charge", _ => new ValueTask<int>(++charges));
            return context.Attempt == 1 ? throw new InvalidOperationException("after the charge") : $"charge {charge}";
        });
        await StartWorkerAsync();

        Assert.Equal("charge 1", await Soon((await Client.RunAsync("pay", default, Cancellation)).ResultAsync(Cancellation)));
        Assert.Equal(1, charges);
    }

    [Fact]
    public async Task An_effect_that_failed_is_tried_again()
    {
        int tries = 0;
        Stage.On("pay", async (context, _) =>
        {
            await context.OnceAsync("charge", _ => ++tries == 1 ? throw new TimeoutException("no answer") : default(ValueTask));
            return "paid";
        });
        await StartWorkerAsync();

        Assert.Equal("paid", await Soon((await Client.RunAsync("pay", default, Cancellation)).ResultAsync(Cancellation)));
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task Effects_of_other_keys_and_of_other_tasks_are_others()
    {
        int effects = 0;
        Stage.On("two", async (context, _) =>
        {
            await context.OnceAsync("a", _ => new ValueTask<int>(++effects));
            await context.OnceAsync("b", _ => new ValueTask<int>(++effects));
            return $"{await context.OnceAsync("a", _ => new ValueTask<int>(++effects))}";
        });
        await StartWorkerAsync(options => options.Concurrency = 1);

        Assert.Equal("1", await Soon((await Client.RunAsync("two", default, Cancellation)).ResultAsync(Cancellation)));
        Assert.Equal("3", await Soon((await Client.RunAsync("two", default, Cancellation)).ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task An_effect_outlives_its_worker()
    {
        int charges = 0;
        var charged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Stage.On("pay", async (context, token) =>
        {
            int charge = await context.OnceAsync("charge", _ => new ValueTask<int>(++charges));
            charged.TrySetResult();
            return context.Attempt == 1 ? await new TaskCompletionSource<string>().Task.WaitAsync(token) : $"charge {charge}";
        });
        WorkerHost crashed = await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("pay", default, Cancellation);
        await Soon(charged.Task);

        crashed.Faults.CutOff();
        await StartWorkerAsync();

        Assert.Equal("charge 1", await Soon(task.ResultAsync(Cancellation)));
        Assert.Equal(1, charges);
    }

    [Fact]
    public async Task An_attempt_that_lost_its_lease_records_nothing()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource();
        var stale = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Stage.On("pay", async (context, _) =>
        {
            if (context.Attempt > 1)
            {
                return await context.OnceAsync<string>("charge", _ => new ValueTask<string>("the second attempt's"));
            }

            try
            {
                return await context.OnceAsync("charge", async _ =>
                {
                    begun.SetResult();
                    await gate.Task;
                    return "the first attempt's";
                });
            }
            catch (Exception failure)
            {
                stale.SetResult(failure);
                throw;
            }
        });
        WorkerHost first = await StartWorkerAsync(options => options.CancellationGrace = Lease);
        TaskHandle<string> task = await Client.RunAsync("pay", default, Cancellation);
        await Soon(begun.Task);
        first.Faults.CutOff();
        await StartWorkerAsync();
        await Soon(Stage.Started("pay", attempt: 2));
        Assert.Equal("the second attempt's", await Soon(task.ResultAsync(Cancellation)));

        first.Faults.Reconnect();
        gate.SetResult();

        Assert.IsType<LeaseLostException>(await Soon(stale.Task));
        Assert.Equal(TaskState.Succeeded, await task.StateAsync(Cancellation));
    }
}
