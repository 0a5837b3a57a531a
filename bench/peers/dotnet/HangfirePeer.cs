using Hangfire;
using Hangfire.InMemory;
using Hangfire.Redis.StackExchange;

namespace TypedTasks.Peers;

/// <summary>
/// Hangfire, in memory or on Redis (the community's storage). docs.hangfire.io, "Configuring the Degree of Parallelism": dedicated threads, five for each processor, which is the default.
/// </summary>
internal sealed class HangfirePeer(int? redis) : Peer
{
    private JobStorage? _storage;
    private BackgroundJobClient? _client;
    private BackgroundJobServer? _server;

    // Enqueueing blocks its thread.
    public override int Callers => 2 * Environment.ProcessorCount;

    public override Task StartProducerAsync()
    {
        _storage = redis is { } port ? new RedisStorage($"127.0.0.1:{port}") : new InMemoryStorage();
        _client = new BackgroundJobClient(_storage);
        return Task.CompletedTask;
    }

    public override Task StartWorkerAsync()
    {
        _server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = Environment.ProcessorCount * 5 }, _storage);
        return Task.CompletedTask;
    }

    public override Task EnqueueAsync(Numbers task)
    {
        _client.Enqueue<HangfireJobs>(jobs => jobs.Run(task.Number, task.Stamp, task.A, task.B, task.C, task.D, task.E, task.F));
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return default;
    }
}

/// <summary>Hangfire's handler.</summary>
public sealed class HangfireJobs
{
    public void Run(long number, long stamp, long a, long b, long c, long d, long e, long f) => Ledger.Ran(new Numbers(number, stamp, a, b, c, d, e, f));
}
