using Microsoft.Extensions.DependencyInjection;

namespace TypedTasks.Testing.Tests;

public sealed class TaskTestHostTests
{
    [Fact]
    public async Task Draining_runs_what_is_ready_and_advancing_what_waits()
    {
        await using TaskTestHost host = await StartAsync();
        TaskHandle<int> task = await host.Client<IShop>().SellAsync("flaky", 1);

        await host.DrainAsync();
        Assert.Equal(TaskState.Retrying, await task.StateAsync());

        await host.AdvanceAsync(TimeSpan.FromSeconds(59));
        Assert.Equal(TaskState.Retrying, await task.StateAsync());

        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await task.ResultAsync());
        Assert.Equal(VirtualTime.Start + TimeSpan.FromMinutes(1), host.Time.UtcNow);
    }

    [Fact]
    public async Task Days_pass_at_once()
    {
        await using TaskTestHost host = await StartAsync();
        await host.Client<IShop>().RemindAsync(Guid.Empty, EnqueueOptions.In(TimeSpan.FromDays(1)));

        await host.DrainAsync();
        Assert.Empty(Handler(host).Reminded);
        await host.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Single(Handler(host).Reminded);
    }

    [Fact]
    public async Task A_thousand_tasks_are_drained()
    {
        await using TaskTestHost host = await StartAsync();
        await host.Client<IShop>().EnqueueManyAsync(Enumerable.Range(0, 1_000).Select(ShopTasks.Ship));

        await host.DrainAsync();

        Assert.Equal(0, (await host.Engine.Administration.GetStatisticsAsync(ShopTasks.ShipArguments.Task.Lane, CancellationToken.None)).Ready);
        Assert.Empty(await host.DeadLettersAsync(ShopTasks.ShipArguments.Task));
    }

    [Fact]
    public async Task A_task_without_a_worker_does_not_keep_a_host_from_draining()
    {
        await using var host = await TaskTestHost.StartAsync(tasks => tasks.AddClient<IShop>());
        TaskHandle<int> task = await host.Client<IShop>().ShipAsync(1);

        await host.DrainAsync();

        Assert.Equal(TaskState.Queued, await task.StateAsync());
    }

    [Fact]
    public async Task A_mistake_in_the_registration_is_told_at_the_start() => await Assert.ThrowsAsync<TaskConfigurationException>(() =>
        TaskTestHost.StartAsync(tasks => tasks.AddWorker<IShop, ShopHandler>(options => options.Concurrency = 0)));

    internal static Task<TaskTestHost> StartAsync() => TaskTestHost.StartAsync(tasks =>
        tasks.AddClient<IShop>().AddWorker<IShop, ShopHandler>(options => options.Lifetime = ServiceLifetime.Singleton));

    internal static ShopHandler Handler(TaskTestHost host) => host.Services.GetRequiredService<ShopHandler>();
}
