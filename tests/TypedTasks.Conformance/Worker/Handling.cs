using System.Diagnostics;
using System.Globalization;
using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>Handlers, and what they do to each other: nothing.</summary>
public abstract class Handling<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_singleton_handler_runs_all_tasks()
    {
        await StartWorkerAsync();
        await Soon((await Client.RunAsync("one", default, Cancellation)).ResultAsync(Cancellation));
        await Soon((await Client.RunAsync("two", default, Cancellation)).ResultAsync(Cancellation));

        Assert.Same(Stage.Runs("one")[0].Handler, Stage.Runs("two")[0].Handler);
        Assert.False(Stage.IsDisposed(Stage.Runs("one")[0].Handler));
    }

    [Fact]
    public async Task A_scoped_handler_lives_for_one_attempt()
    {
        Stage.FailUntil("one", attempt: 2);
        await StartWorkerAsync(options => options.Lifetime = Microsoft.Extensions.DependencyInjection.ServiceLifetime.Scoped);

        await Soon((await Client.RunAsync("one", default, Cancellation)).ResultAsync(Cancellation));

        IReadOnlyList<StageRun> runs = Stage.Runs("one");
        Assert.NotSame(runs[0].Handler, runs[1].Handler);
        Assert.All(runs, run => Assert.True(Stage.IsDisposed(run.Handler)));
    }

    [Fact]
    public async Task A_handler_that_throws_harms_nothing_else()
    {
        TaskCompletionSource<string> gate = Stage.Hold("other");
        Stage.On("throws", (_, _) => throw new HostileException());
        await StartWorkerAsync(options => options.Concurrency = 2);
        TaskHandle<string> other = await Client.RunAsync("other", default, Cancellation);
        await Soon(Stage.Started("other"));

        TaskFailedException failed = await FailsAsync(await Client.RunAsync("throws", default, Cancellation));
        gate.SetResult("unharmed");

        Assert.Equal(typeof(HostileException).FullName, failed.Failure?.Type);
        Assert.Equal("unharmed", await Soon(other.ResultAsync(Cancellation)));
        Assert.Equal("after", await Soon((await Client.RunAsync("after", default, Cancellation)).ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_handler_sees_what_its_caller_sent()
    {
        string? seen = null;
        Stage.On("look", (context, _) =>
        {
            seen = $"{context.Headers["tenant"]} {context.Task.Name} {context.Key ?? "no key"}";
            return new ValueTask<string>("seen");
        });
        await StartWorkerAsync();
        DateTimeOffset before = Now;

        TaskHandle<string> task = await Client.RunAsync("look", new EnqueueOptions { Headers = new Dictionary<string, string> { ["tenant"] = "acme" } }, Cancellation);
        await Soon(task.ResultAsync(Cancellation));

        Assert.Equal("acme probe.run no key", seen);
        Assert.Equal(task.Id, Stage.Runs("look")[0].Id);
        Assert.InRange(Stage.Runs("look")[0].At, before, Now);
    }

    [Fact]
    public async Task A_context_that_a_handler_keeps_tells_of_its_own_task_and_records_nothing_for_another()
    {
        TaskContext? kept = null;
        Stage.On("first", (context, _) =>
        {
            kept = context;
            return new ValueTask<string>("first");
        });
        TaskCompletionSource<string> gate = Stage.Hold("second");
        await StartWorkerAsync(options => options.Concurrency = 1);
        TaskHandle<string> first = await Client.RunAsync("first", new EnqueueOptions { Headers = new Dictionary<string, string> { ["tenant"] = "acme" } }, Cancellation);
        await Soon(first.ResultAsync(Cancellation));
        TaskHandle<string> second = await Client.RunAsync("second", new EnqueueOptions { Headers = new Dictionary<string, string> { ["tenant"] = "other" } }, Cancellation);
        await Soon(Stage.Started("second"));

        Assert.Equal((first.Id, "acme", 1, Stage.Runs("first")[0].Fence), (kept!.Id, kept.Headers["tenant"], kept.Attempt, kept.Fence));
        await Assert.ThrowsAsync<LeaseLostException>(() => kept.OnceAsync("charge", ValueTask<int> (_) => throw new InvalidOperationException("The effect was run.")).AsTask());
        await Assert.ThrowsAsync<LeaseLostException>(() => kept.OnceAsync("charge", ValueTask (_) => throw new InvalidOperationException("The effect was run.")).AsTask());
        await Assert.ThrowsAsync<LeaseLostException>(() => kept.ReportAsync(50).AsTask());
        gate.SetResult("second");
        await Soon(second.ResultAsync(Cancellation));
    }

    [Fact]
    public async Task What_a_handler_sets_for_its_own_flow_is_not_seen_by_the_next()
    {
        var tenant = new AsyncLocal<string?>();
        string separator = CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator;
        var elsewhere = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        elsewhere.NumberFormat.NumberDecimalSeparator = "~";
        var seen = new List<(string?, string, string?)>();
        ValueTask<string> Leave(TaskContext context, CancellationToken token)
        {
            seen.Add((tenant.Value, CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator, Activity.Current?.OperationName));
            tenant.Value = "acme";
            CultureInfo.CurrentCulture = elsewhere;
            Activity.Current = new Activity("left behind").Start();
            return new ValueTask<string>("left");
        }

        Stage.On("at once", Leave);
        Stage.On("later", async (context, token) =>
        {
            await Task.Yield();
            return await Leave(context, token);
        });
        await StartWorkerAsync(options => options.Concurrency = 1);
        foreach (string label in (string[])["at once", "at once", "later", "later", "at once"])
        {
            await Soon((await Client.RunAsync(label, default, Cancellation)).ResultAsync(Cancellation));
        }

        Assert.All(seen, one => Assert.Equal((null, separator, null), one));
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task As_many_handlers_run_at_once_as_the_worker_says()
    {
        TaskCompletionSource<string> gate = Stage.Hold("held");
        await StartWorkerAsync(options => options.Concurrency = 2);
        TaskHandle<string>[] tasks = [.. await Client.EnqueueManyAsync(Enumerable.Repeat(ProbeTasks.Run("held"), 5), default, Cancellation)];
        await Soon(Stage.Started("held"));
        await Subject.QuietAsync();
        await Subject.QuietAsync();

        Assert.InRange(Stage.Runs("held").Count, 1, 2);
        gate.SetResult("go");
        foreach (TaskHandle<string> task in tasks)
        {
            Assert.Equal("go", await Soon(task.ResultAsync(Cancellation)));
        }
    }

    private sealed class HostileException : Exception
    {
        public override string Message => throw new InvalidOperationException("even its message throws");

        public override string? StackTrace => throw new InvalidOperationException("and its stack");
    }
}
