using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Embedded;
using TypedTasks.Testing;

namespace TypedTasks.Tests;

/// <summary>How soon a task runs elsewhere whose worker vanished: with the shortest lease and with the one that a worker has unless it is told otherwise.</summary>
public sealed class RecoveryTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(null)]
    public async Task A_killed_workers_task_runs_elsewhere_within_its_lease_and_a_second(int? seconds)
    {
        TimeSpan lease = TimeSpan.FromSeconds(seconds ?? 30);
        var time = new VirtualTime();
        await using EmbeddedEngine engine = time.CreateEngine();
        var killed = new FaultyEngine(engine, time, ownsInner: false);
        var starts = new List<DateTimeOffset>();
        await using ServiceProvider first = await StartAsync(killed);
        TaskHandle<string> task = await first.GetRequiredService<ITaskClient<ITravels>>().GoAsync("Rome");
        await time.AdvanceAsync(lease);
        await using ServiceProvider second = await StartAsync(new FaultyEngine(engine, time, ownsInner: false));
        Assert.Single(starts);

        DateTimeOffset killedAt = time.GetUtcNow();
        killed.Faults.CutOff();
        await time.AdvanceAsync(lease + TimeSpan.FromSeconds(1));

        Assert.Equal(2, starts.Count);
        Assert.InRange(starts[1] - killedAt, TimeSpan.Zero, lease + TimeSpan.FromSeconds(1));
        Assert.Equal("there", await second.GetRequiredService<ITaskClient<ITravels>>().Remote.GoAsync("Rome"));
        Assert.Equal(TaskState.Succeeded, (await engine.Outcomes.GetAsync(task.Id, CancellationToken.None)).State);

        async Task<ServiceProvider> StartAsync(FaultyEngine way)
        {
            var services = new ServiceCollection();
            services.AddSingleton(new Traveller(async context =>
            {
                lock (starts)
                {
                    starts.Add(time.GetUtcNow());
                }

                return context.Attempt == 1 && starts.Count == 1 ? await new TaskCompletionSource<string>().Task : "there";
            }));
            services.AddTypedTasks(tasks => tasks.UseVirtualTime(time).UseEngine("faulty", _ => way).AddClient<ITravels>().AddWorker<ITravels, Traveller>(options =>
            {
                if (seconds is not null)
                {
                    options.Lease = lease;
                }
            }));
            ServiceProvider provider = services.BuildServiceProvider();
            foreach (IHostedService service in provider.GetServices<IHostedService>())
            {
                await service.StartAsync(CancellationToken.None);
            }

            return provider;
        }
    }

    private sealed class Traveller(Func<TaskContext, ValueTask<string>> go) : ITravels
    {
        public ValueTask<string> GoAsync(string to, string? by, TaskContext context) => go(context);
    }
}
