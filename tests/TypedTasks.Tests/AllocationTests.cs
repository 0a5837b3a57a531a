using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using TypedTasks.Embedded;

namespace TypedTasks.Tests;

/// <summary>The hot path in its steady state. Everything runs on the test's own thread, so what is counted is the path's and nobody else's.</summary>
public sealed class AllocationTests
{
    private const int Tasks = 10_000;

    /// <summary>Without optimization the compiler makes every async method's state an object.</summary>
    private static bool IsOptimized => !typeof(TaskHandle<>).Assembly.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), false)
        .Cast<System.Diagnostics.DebuggableAttribute>().Any(attribute => attribute.IsJITOptimizerDisabled);

    [Fact]
    public async Task A_task_costs_no_allocation_from_the_clients_call_to_its_settlement()
    {
        Assert.SkipUnless(IsOptimized, "A Debug build allocates; build with -c Release.");
        var services = new ServiceCollection();
        services.AddTypedTasks(tasks => tasks
            .UseEmbedded()
            .AddClient<IInvoices>()
            .AddWorker<IInvoices, InvoiceHandler>(options => options.Lifetime = ServiceLifetime.Singleton));
        services.Replace(ServiceDescriptor.Singleton<IWorkScheduler>(new OneThread()));
        await using ServiceProvider provider = services.BuildServiceProvider();
        IHostedService worker = provider.GetServices<IHostedService>().Single();
        await worker.StartAsync(CancellationToken.None);
        ITaskClient<IInvoices> client = provider.GetRequiredService<ITaskClient<IInvoices>>();
        InvoiceHandler handler = provider.GetRequiredService<InvoiceHandler>();
        Run(client);
        Run(client);
        long before = handler.Sum;

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Run(client);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.Equal(before + ((long)Tasks * (Tasks - 1) / 2), handler.Sum);
        Assert.Equal(0, allocated);
        await worker.StopAsync(CancellationToken.None);
    }

    private static void Run(ITaskClient<IInvoices> client)
    {
        for (int i = 0; i < Tasks; i++)
        {
            ValueTask<TaskHandle<NoResult>> enqueueing = client.CountAsync(i, Guid.Empty, 129.90m);
            if (!enqueueing.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException("On one thread nothing is waited for.");
            }

            _ = enqueueing.Result;
        }
    }

    private sealed class OneThread : IWorkScheduler
    {
        private readonly InlineScheduler _inline = new();

        public void Queue(IThreadPoolWorkItem item) => _inline.Schedule(item);
    }
}
