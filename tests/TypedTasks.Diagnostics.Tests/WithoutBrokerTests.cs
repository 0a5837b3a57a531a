using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedTasks.Testing;

namespace TypedTasks.Diagnostics.Tests;

/// <summary>A host whose broker is not there when it starts.</summary>
public sealed class WithoutBrokerTests
{
    private readonly VirtualTime _time = new();
    private Func<Task> _start = () => throw new TaskEngineException("Nobody listens.");

    [Fact]
    public async Task It_does_not_start_unless_it_may()
    {
        TaskEngineException failed = await Assert.ThrowsAsync<TaskEngineException>(() => StartAsync(mayStart: false));

        Assert.Equal("Nobody listens.", failed.Message);
    }

    [Fact]
    public async Task One_that_may_refuses_tasks_and_takes_them_once_the_broker_answers()
    {
        await using TestHost host = await StartAsync();
        TaskId id = TaskId.New();

        TaskRejectedException refused = await Assert.ThrowsAsync<TaskRejectedException>(() => host.Client.RunAsync("early", EnqueueOptions.WithId(id)).AsTask());
        Assert.Equal((id, TaskRejection.Refused), (refused.Id, refused.Reason));
        Assert.Contains("Nobody listens.", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TaskEngineException>(async () => await host.Admin.GetStateAsync(id));
        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync(host));

        _start = () => Task.CompletedTask;
        TaskHandle<int> task = await host.Client.RunAsync("in time");
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(1, await task.ResultAsync(TestHost.Patience));
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(host));
    }

    [Fact]
    public async Task What_is_wrong_and_not_absent_keeps_it_from_starting()
    {
        _start = () => throw new TaskConfigurationException("The password is wrong.");

        await Assert.ThrowsAsync<TaskConfigurationException>(() => StartAsync());
    }

    [Fact]
    public async Task It_stops_while_it_waits()
    {
        await using TestHost host = await StartAsync();

        await host.StopAsync();

        await Assert.ThrowsAsync<TaskRejectedException>(() => host.Client.RunAsync("late").AsTask());
    }

    [Fact]
    public async Task Those_who_ask_meanwhile_wait_for_the_same_try()
    {
        await using TestHost host = await StartAsync();
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int tries = 0;
        _start = () =>
        {
            tries++;
            return answer.Task;
        };
        using var givingUp = new CancellationTokenSource();
        Task<TaskHandle<int>> impatient = host.Client.RunAsync("given up", default, givingUp.Token).AsTask();
        Task<TaskHandle<int>>[] tasks = [.. Enumerable.Range(0, 20).Select(number => host.Client.RunAsync($"{number}").AsTask())];

        await givingUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.WaitAsync(TestHost.Patience));
        answer.SetResult();

        await Task.WhenAll(tasks).WaitAsync(TestHost.Patience);
        Assert.Equal(1, tries);
    }

    private Task<TestHost> StartAsync(bool mayStart = true) => TestHost.StartAsync(
        time: _time,
        services: services =>
        {
            services.AddHealthChecks().AddCheck<TypedTasksHealthCheck>("typedtasks");
            if (mayStart)
            {
                services.AddTypedTasks(tasks => tasks.StartWithoutBroker());
            }
        },
        faulty: engine => engine.Start = () => _start());

    private static async Task<HealthStatus> StatusAsync(TestHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().WaitAsync(TestHost.Patience)).Entries["typedtasks"].Status;
}
