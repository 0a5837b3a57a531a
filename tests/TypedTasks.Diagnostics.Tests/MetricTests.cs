using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics.Tests;

public sealed class MetricTests
{
    private const string Destination = "default/jobs";

    [Fact]
    public async Task Every_attempt_is_counted_by_its_outcome()
    {
        using var metrics = new MetricRecorder();
        await using TestHost host = await TestHost.StartAsync();
        host.Jobs.OnRun = (script, context, _) => script switch
        {
            "again" when context.Attempt == 1 => throw TaskContext.RetryAfter(TimeSpan.Zero, "not yet"),
            "dead" => throw new DeadLetterException("never"),
            _ => new ValueTask<int>(1),
        };

        await (await host.Client.RunAsync("well")).ResultAsync(TestHost.Patience);
        await (await host.Client.RunAsync("again")).ResultAsync(TestHost.Patience);
        await Assert.ThrowsAsync<TaskFailedException>(async () => await (await host.Client.RunAsync("dead")).ResultAsync(TestHost.Patience));

        Assert.Equal(3, metrics.Of(Names.Metrics.Sent).Count);
        Assert.All(metrics.Of(Names.Metrics.Sent), sent => Assert.Equal((Destination, "jobs.run", "typedtasks"), (sent[Names.Tags.Destination], sent[Names.Tags.Task], sent[Names.Tags.System])));
        Assert.Equal(3, metrics.Of(Names.Metrics.OperationDuration).Count(duration => duration[Names.Tags.OperationName] == Names.Operations.Send));
        Assert.Equal(
            [Names.Outcomes.Completed, Names.Outcomes.Retry, Names.Outcomes.Completed, Names.Outcomes.DeadLettered],
            metrics.Of(Names.Metrics.Consumed).Select(attempt => attempt[Names.Tags.Outcome]));
        Assert.Equal(4, metrics.Of(Names.Metrics.ProcessDuration).Count);
        Assert.Equal(3, metrics.Of(Names.Metrics.TimeInQueue).Count);
        Assert.Equal("TypedTasks.RetryException", Assert.Single(metrics.Of(Names.Metrics.Retries))[Names.Tags.ErrorType]);
        Assert.Equal(nameof(DeadLetterReason.NotTransient), Assert.Single(metrics.Of(Names.Metrics.DeadLetters))[Names.Tags.Reason]);
        Assert.Contains(metrics.Of(Names.Metrics.OperationDuration), duration => duration[Names.Tags.OperationName] == Names.Operations.Settle);
    }

    [Fact]
    public async Task The_gauges_show_what_runs_and_what_waits()
    {
        using var metrics = new MetricRecorder();
        await using TestHost host = await TestHost.StartAsync(worker =>
        {
            worker.Concurrency = 1;
            worker.Prefetch = 1;
        });
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Jobs.OnRun = (_, _, _) =>
        {
            running.TrySetResult();
            return new ValueTask<int>(release.Task);
        };
        TaskHandle<int> first = await host.Client.RunAsync("first");
        await running.Task.WaitAsync(TestHost.Patience);
        metrics.Collect();
        Assert.Equal(1, metrics.Of(Names.Metrics.InFlight).Single(gauge => gauge[Names.Tags.Destination] == Destination).Value);
        Assert.Equal(0, metrics.Of(Names.Metrics.Waiting).Single(gauge => gauge[Names.Tags.Destination] == Destination).Value);
        Assert.True(Assert.Single(metrics.Of(Names.Metrics.Memory)).Value > 0);
        release.SetResult(1);
        await first.ResultAsync(TestHost.Patience);
    }

    [Fact]
    public async Task A_worker_that_has_stopped_is_measured_no_more()
    {
        using var metrics = new MetricRecorder();
        await using TestHost host = await TestHost.StartAsync();
        metrics.Collect();
        Assert.Single(metrics.Of(Names.Metrics.Memory));
        int measured = metrics.Of(Names.Metrics.InFlight).Count;

        await host.StopAsync();
        metrics.Collect();

        Assert.Equal(measured, metrics.Of(Names.Metrics.InFlight).Count);
        Assert.Single(metrics.Of(Names.Metrics.Memory));
    }

    [Fact]
    public async Task The_depths_are_asked_for_in_the_background_and_not_too_often()
    {
        var time = new VirtualTime();
        using var metrics = new MetricRecorder();
        await using TestHost host = await TestHost.StartAsync(time: time, work: false);
        await host.Client.CountAsync(1);
        await host.Client.CountAsync(2, EnqueueOptions.In(TimeSpan.FromHours(1)));
        LaneDepths depths = host.EngineHost.Depths!;

        time.Advance(TimeSpan.FromSeconds(30));
        metrics.Collect();
        Assert.Empty(metrics.Of(Names.Metrics.Depth));
        await depths.Refreshing.WaitAsync(TestHost.Patience);
        metrics.Collect();
        Assert.Equal(1, Depth(Names.States.Ready));
        Assert.Equal(1, Depth(Names.States.Delayed));
        Assert.Equal(30, metrics.Of(Names.Metrics.OldestAge).Last(age => age[Names.Tags.Destination] == Destination).Value);

        // Ten seconds must pass before the engine is asked again.
        await host.Client.CountAsync(3);
        time.Advance(TimeSpan.FromSeconds(5));
        metrics.Collect();
        await depths.Refreshing.WaitAsync(TestHost.Patience);
        metrics.Collect();
        Assert.Equal(1, Depth(Names.States.Ready));
        time.Advance(TimeSpan.FromSeconds(5));
        metrics.Collect();
        await depths.Refreshing.WaitAsync(TestHost.Patience);
        metrics.Collect();
        Assert.Equal(2, Depth(Names.States.Ready));

        double Depth(string state) => metrics.Of(Names.Metrics.Depth).Last(depth => depth[Names.Tags.State] == state && depth[Names.Tags.Destination] == Destination).Value;
    }

    [Fact]
    public async Task An_abandoned_handler_is_counted()
    {
        var time = new VirtualTime();
        using var metrics = new MetricRecorder();
        using var spans = new SpanRecorder();
        await using TestHost host = await TestHost.StartAsync(worker => worker.CancellationGrace = TimeSpan.FromSeconds(1), time);
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Jobs.OnRun = (_, context, token) =>
        {
            if (context.Attempt > 1)
            {
                return new ValueTask<int>(2);
            }

            token.Register(() => stopped.TrySetResult());
            running.TrySetResult();
            return new ValueTask<int>(release.Task);
        };
        TaskHandle<int> handle = await host.Client.RunAsync("deaf");
        await running.Task.WaitAsync(TestHost.Patience);
        time.Advance(TimeSpan.FromMinutes(30));
        await stopped.Task.WaitAsync(TestHost.Patience);
        time.Advance(TimeSpan.FromSeconds(1));
        IReadOnlyList<System.Diagnostics.Activity> processed = await spans.WaitAsync(1, Names.Operations.Process);
        Assert.Contains(processed[0].Events, e => e.Name == Names.Events.Abandoned);
        Assert.Equal((Names.Outcomes.Retry, "System.TimeoutException"), (processed[0].GetTagItem(Names.Tags.Outcome), processed[0].GetTagItem(Names.Tags.ErrorType)));
        Assert.Single(metrics.Of(Names.Metrics.Abandoned));
        release.SetResult(1);
        Assert.Equal(TaskState.Retrying, await SettledAsync(host, handle.Id));
    }

    [Fact]
    public async Task A_lost_lease_is_counted_and_an_event_of_its_attempt()
    {
        var time = new VirtualTime();
        using var metrics = new MetricRecorder();
        using var spans = new SpanRecorder();
        await using TestHost host = await TestHost.StartAsync(time: time, faulty: engine => engine.LosesLeases = true);
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Jobs.OnRun = async (_, _, token) =>
        {
            running.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return 1;
        };
        await host.Client.RunAsync("stale");
        await running.Task.WaitAsync(TestHost.Patience);
        time.Advance(TimeSpan.FromSeconds(10));
        System.Diagnostics.Activity process = (await spans.WaitAsync(1, Names.Operations.Process))[0];
        Assert.Contains(process.Events, e => e.Name == Names.Events.LeaseLost);
        Assert.Equal(Names.Outcomes.Lost, process.GetTagItem(Names.Tags.Outcome));
        Assert.Equal(typeof(LeaseLostException).FullName, process.GetTagItem(Names.Tags.ErrorType));
        Assert.Equal(Destination, Assert.Single(metrics.Of(Names.Metrics.LeaseLosses))[Names.Tags.Destination]);
        host.Jobs.OnRun = (_, _, _) => new ValueTask<int>(1);
    }

    [Fact]
    public async Task A_host_with_a_meter_factory_uses_it()
    {
        using var metrics = new MetricRecorder(instrument => instrument.Meter.Scope is not null);
        await using TestHost host = await TestHost.StartAsync(services: services => services.AddMetrics());
        await host.Client.CountAsync(1);
        Assert.Single(metrics.Of(Names.Metrics.Sent));
    }

    private static async Task<TaskState> SettledAsync(TestHost host, TaskId id)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        TaskState state;
        while ((state = await host.Admin.GetStateAsync(id, patience.Token)) == TaskState.Running)
        {
            await Task.Yield();
        }

        return state;
    }
}
