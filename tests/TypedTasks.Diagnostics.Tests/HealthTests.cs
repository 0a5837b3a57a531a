using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedTasks.Testing;

namespace TypedTasks.Diagnostics.Tests;

public sealed class HealthTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public async Task A_host_that_has_no_work_is_healthy_however_long()
    {
        await using TestHost host = await StartAsync();
        _time.Advance(TimeSpan.FromHours(10));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        await host.Client.RunAsync("well");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task A_worker_that_has_work_and_takes_none_is_unhealthy()
    {
        FaultyEngine engine = null!;
        await using TestHost host = await StartAsync(faulty: faulty =>
        {
            engine = faulty;
            faulty.IsDeaf = true;
        });
        await host.Client.RunAsync("unheard");
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        _time.Advance(TimeSpan.FromSeconds(1));
        HealthReportEntry unhealthy = await CheckAsync(host);
        Assert.Equal(HealthStatus.Unhealthy, unhealthy.Status);
        Assert.Contains("default/jobs", unhealthy.Description, StringComparison.Ordinal);
        await host.Admin.PauseAsync("default");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        await host.Admin.ResumeAsync("default");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task A_worker_whose_slots_are_all_busy_is_degraded_for_it_may_be_long_work()
    {
        await using TestHost host = await StartAsync(worker =>
        {
            worker.Concurrency = 1;
            worker.Prefetch = 0;
        });
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Jobs.OnRun = (_, _, _) =>
        {
            running.TrySetResult();
            return new ValueTask<int>(release.Task);
        };
        await host.Client.RunAsync("long");
        await running.Task.WaitAsync(TestHost.Patience);
        TaskHandle<int> waiting = await host.Client.RunAsync("waiting");
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host)).Status);
        release.SetResult(1);
        await waiting.ResultAsync(TestHost.Patience);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_unhealthy()
    {
        FaultyEngine engine = null!;
        await using TestHost host = await StartAsync(faulty: faulty => engine = faulty);
        engine.Answer = _ => throw new TaskEngineException("The connection is lost.");
        HealthReportEntry failed = await CheckAsync(host);
        Assert.Equal(HealthStatus.Unhealthy, failed.Status);
        Assert.Contains("The connection is lost.", failed.Description, StringComparison.Ordinal);

        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Answer = _ =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, CancellationToken.None);
        };
        Task<HealthReportEntry> checking = CheckAsync(host);
        await asked.Task.WaitAsync(TestHost.Patience);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HealthStatus.Unhealthy, (await checking.WaitAsync(TestHost.Patience)).Status);
        engine.Answer = _ => Task.CompletedTask;
    }

    [Fact]
    public async Task A_lane_that_flows_is_not_asked_about()
    {
        int asked = 0;
        await using TestHost host = await StartAsync(faulty: faulty => faulty.Answer = _ =>
        {
            asked++;
            return Task.CompletedTask;
        });
        await CheckAsync(host);
        int lanes = asked;
        await (await host.Client.RunAsync("well")).ResultAsync(TestHost.Patience);
        asked = 0;

        HealthReportEntry flowing = await CheckAsync(host);
        Assert.Equal(lanes - 1, asked);
        Assert.Equal(HealthStatus.Healthy, flowing.Status);

        _time.Advance(TimeSpan.FromSeconds(10));
        asked = 0;
        await CheckAsync(host);
        Assert.Equal(lanes, asked);
    }

    [Fact]
    public async Task Dead_letters_degrade_where_that_is_asked_for()
    {
        await using TestHost host = await StartAsync(services: services => services.AddSingleton(new TypedTasksHealthCheckOptions { DegradedAtDeadLetters = 1 }));
        host.Jobs.OnRun = (_, _, _) => throw new DeadLetterException("no");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        await Assert.ThrowsAsync<TaskFailedException>(async () => await (await host.Client.RunAsync("dead")).ResultAsync(TestHost.Patience));
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host)).Status);
    }

    private Task<TestHost> StartAsync(Action<WorkerOptions>? worker = null, Action<FaultyEngine>? faulty = null, Action<IServiceCollection>? services = null) =>
        TestHost.StartAsync(worker, _time, faulty: faulty, services: all =>
        {
            all.AddHealthChecks().AddCheck<TypedTasksHealthCheck>("typedtasks");
            services?.Invoke(all);
        });

    private static async Task<HealthReportEntry> CheckAsync(TestHost host)
    {
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().WaitAsync(TestHost.Patience);
        return report.Entries["typedtasks"];
    }
}
