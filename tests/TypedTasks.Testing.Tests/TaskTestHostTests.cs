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
    public async Task What_another_host_enqueues_while_this_one_calms_is_waited_for()
    {
        using var relay = new Relay();
        await using TaskTestHost host = await TaskTestHost.StartAsync(tasks => tasks.AddClient<IBusy>().AddWorker<IBusy, BusyHandler>(options => options.Lifetime = ServiceLifetime.Singleton));
        await using var other = await TaskTestHost.StartAsync(
            tasks =>
            {
                tasks.AddClient<IRelay>().AddWorker<IRelay, RelayHandler>();
                tasks.Services.AddSingleton(host.Client<IBusy>()).AddSingleton(relay);
            },
            host.Time);
        await other.Client<IRelay>().RelayAsync();
        await relay.Entered.Task;

        // Nothing is there to run in this host: it waits for the time, in which the other host's handler still has something to do.
        Task draining = host.DrainAsync();
        relay.Go.Set();
        await draining;

        Assert.Equal(1, host.Services.GetRequiredService<BusyHandler>().Done);
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
    public async Task A_client_that_was_not_added_is_named()
    {
        await using var host = await TaskTestHost.StartAsync(tasks => tasks.AddWorker<IShop, ShopHandler>());

        InvalidOperationException missing = Assert.Throws<InvalidOperationException>(() => host.Client<IShop>());

        Assert.Equal("The host has no client of 'IShop': call AddClient<IShop>() where it is started.", missing.Message);
    }

    [Fact]
    public async Task A_mistake_in_the_registration_is_told_at_the_start() => await Assert.ThrowsAsync<TaskConfigurationException>(() =>
        TaskTestHost.StartAsync(tasks => tasks.AddWorker<IShop, ShopHandler>(options => options.Concurrency = 0)));

    internal static Task<TaskTestHost> StartAsync() => TaskTestHost.StartAsync(tasks =>
        tasks.AddClient<IShop>().AddWorker<IShop, ShopHandler>(options => options.Lifetime = ServiceLifetime.Singleton));

    internal static ShopHandler Handler(TaskTestHost host) => host.Services.GetRequiredService<ShopHandler>();
}
