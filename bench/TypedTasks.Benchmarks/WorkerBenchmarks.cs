using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Calls;
using TypedTasks.Client;
using TypedTasks.Worker;

namespace TypedTasks.Benchmarks;

/// <summary>
/// From the envelope in the worker's hands to the settlement in the engine's: admission, decoding, the handler, the outcome, the settler's batch.
/// On one thread, with the engine and the thread pool left out.
/// </summary>
public class WorkerBenchmarks
{
    private const int Batch = 1_000;

    private readonly Bench _charge = Bench.Start(client => client.ChargeAsync(Samples.OrderId, Samples.Amount));
    private readonly Bench _call = Bench.Start(client => client.InvoiceAsync(Samples.OrderId, Samples.Customer, Samples.Amount));
    private readonly Bench _order = Bench.Start(client => client.SubmitAsync(Samples.Order()));

    [Benchmark(Description = "two arguments", OperationsPerInvoke = Batch)]
    public int Charge() => _charge.Run(Batch);

    [Benchmark(Description = "three arguments, one of them text", OperationsPerInvoke = Batch)]
    public int Call() => _call.Run(Batch);

    [Benchmark(Description = "order of ten lines, its outcome recorded", OperationsPerInvoke = Batch)]
    public int Order() => _order.Run(Batch);

    private sealed class Bench(FeedConsumer consumer, PumpScheduler scheduler)
    {
        public int Run(int count)
        {
            int until = consumer.Settled + count;
            consumer.Offer(count);
            scheduler.Pump();
            return consumer.Settled == until ? until : throw new InvalidOperationException($"{until - consumer.Settled} of {count} tasks were not settled.");
        }

        public static Bench Start(Func<ITaskClient<IBench>, ValueTask<TaskHandle<NoResult>>> call)
        {
            var engine = new NullEngine();
            var host = new EngineHost(engine, [], TimeProvider.System);
            host.StartAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            _ = call(new TaskClient<IBench>(host, TimeProvider.System)).Result;

            var scheduler = new PumpScheduler();
            var environment = new WorkerEnvironment(engine, TimeProvider.System, scheduler, Random.Shared, NullLogger.Instance);
            ContractDescriptor<IBench> contract = ContractRegistry.Get<IBench>();
            var consumer = new FeedConsumer(contract.Tasks[0].Lane, engine.Buffer.Written.ToArray());
            var settings = new LaneSettings(Concurrency: 4, Prefetch: 252, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5));
            var lane = new LaneWorker(consumer, new SingletonDispatcher<IBench>(contract, new BenchHandler()), settings, environment);
            lane.Start();
            scheduler.Pump();
            return new Bench(consumer, scheduler);
        }
    }
}
