using BenchmarkDotNet.Attributes;
using TypedTasks.Client;

namespace TypedTasks.Benchmarks;

/// <summary>From the client's method to the encoded envelope in the engine's buffer: id, attributes, name, arguments, handle.</summary>
public class ClientBenchmarks
{
    private readonly TaskClient<IBench> _client;
    private readonly EnqueueOptions _withId = EnqueueOptions.WithId(new TaskId(Samples.OrderId));
    private readonly Order _order = Samples.Order();

    public ClientBenchmarks()
    {
        var host = new EngineHost(new NullEngine(), [], TimeProvider.System);
        host.StartAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        _client = new TaskClient<IBench>(host, TimeProvider.System);
    }

    [Benchmark(Description = "call of three arguments, a new id")]
    public TaskId Call() => _client.InvoiceAsync(Samples.OrderId, Samples.Customer, Samples.Amount).Result.Id;

    [Benchmark(Description = "call of three arguments, the caller's id")]
    public TaskId Call_with_id() => _client.InvoiceAsync(Samples.OrderId, Samples.Customer, Samples.Amount, _withId).Result.Id;

    [Benchmark(Description = "order of ten lines, a new id")]
    public TaskId Order() => _client.SubmitAsync(_order).Result.Id;

    [Benchmark(Description = "a new id alone")]
    public TaskId NewId() => TaskId.New();
}
