using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TypedTasks.Benchmarks;

/// <summary>One caller and the embedded engine: enqueue, wait for the result, once more. Two changes of thread each way make most of it.</summary>
public class RoundTripBenchmarks
{
    private IHost _host = null!;
    private ITaskClient<IBench> _client = null!;

    [GlobalSetup]
    public void SetUp()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddTypedTasks(tasks => tasks
            .UseEmbedded()
            .AddClient<IBench>()
            .AddWorker<IBench, BenchHandler>(worker => worker.Lifetime = ServiceLifetime.Singleton));
        _host = builder.Build();
        _host.StartAsync().GetAwaiter().GetResult();
        _client = _host.Services.GetRequiredService<ITaskClient<IBench>>();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _host.StopAsync().GetAwaiter().GetResult();
        _host.Dispose();
    }

    [Benchmark(Description = "enqueue and await the result")]
    public async Task<int> Round_trip() => await _client.Remote.AddAsync(1, 2);

    [Benchmark(Description = "enqueue, a worker busy with it")]
    public async Task<TaskId> Enqueue() => (await _client.ChargeAsync(Samples.OrderId, Samples.Amount)).Id;
}
