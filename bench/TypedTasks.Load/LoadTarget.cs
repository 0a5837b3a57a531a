using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Calls;
using TypedTasks.Load.Lanes;

namespace TypedTasks.Load;

/// <summary>What is enqueued, into which lanes. Safe from any thread.</summary>
internal interface ILoadTarget
{
    ValueTask<TaskHandle<NoResult>> EnqueueAsync(long number, long stamp);
}

/// <summary>The tasks of a run: its contract in the hosts, and its calls.</summary>
internal static class LoadTarget
{
    public static void AddClient(TypedTasksBuilder tasks, LoadOptions options)
    {
        if (options.Canvas != LoadCanvas.None)
        {
            tasks.AddClient<ILoad>();
            tasks.Services.AddSingleton<ILoadTarget>(services => new CanvasTarget(services.GetRequiredService<ITaskCanvas>(), options.Canvas));
        }
        else if (options.Lanes is null)
        {
            tasks.AddClient<ILoad>();
            tasks.Services.AddSingleton<ILoadTarget>(services => new OneLane(services.GetRequiredService<ITaskClient<ILoad>>(), options));
        }
        else
        {
            ManyLanes lanes = Register(options);
            tasks.AddClient<IManyLanes>();
            tasks.Services.AddSingleton<ILoadTarget>(services => new LaneByLane(services.GetRequiredService<ITaskClient<IManyLanes>>(), lanes));
        }
    }

    public static void AddWorker(TypedTasksBuilder tasks, LoadOptions options)
    {
        if (options.Lanes is null)
        {
            tasks.AddWorker<ILoad, LoadHandler>(Configure);
        }
        else
        {
            Register(options);
            tasks.AddWorker<IManyLanes, ManyLanesHandler>(Configure);
        }

        void Configure(WorkerOptions worker)
        {
            worker.Lifetime = ServiceLifetime.Singleton;
            worker.Concurrency = options.Concurrency;
            worker.Prefetch = options.Prefetch;
        }
    }

    private static ManyLanes Register(LoadOptions options)
    {
        var lanes = new ManyLanes(options.Lanes!.Value);
        ContractRegistry.Register(lanes, ContractRegistry.GeneratorVersion);
        return lanes;
    }

    private sealed class OneLane(ITaskClient<ILoad> client, LoadOptions options) : ILoadTarget
    {
        private readonly byte[] _payload = new byte[options.Payload - 16];

        public ValueTask<TaskHandle<NoResult>> EnqueueAsync(long number, long stamp) => (options.Payload, options.Once) switch
        {
            (16, _) => client.SmallAsync(number, stamp),

            // Numbers that take all of their eight bytes.
            (64, LoadOnce.Key) => client.OnceAsync(number, stamp, long.MaxValue, long.MaxValue - 1, long.MaxValue - 2, long.MaxValue - 3, long.MaxValue - 4, long.MaxValue - 5),
            (64, LoadOnce.Id) => Numbers(number, stamp, EnqueueOptions.WithId(TaskId.New())),
            (64, _) => Numbers(number, stamp, default),
            _ => client.SizedAsync(number, stamp, _payload),
        };

        private ValueTask<TaskHandle<NoResult>> Numbers(long number, long stamp, EnqueueOptions enqueue) => client.NumbersAsync(
            number, stamp, long.MaxValue, long.MaxValue - 1, long.MaxValue - 2, long.MaxValue - 3, long.MaxValue - 4, long.MaxValue - 5, enqueue);
    }

    private sealed class LaneByLane(ITaskClient<IManyLanes> client, ManyLanes lanes) : ILoadTarget
    {
        public ValueTask<TaskHandle<NoResult>> EnqueueAsync(long number, long stamp) => lanes.Senders[(int)(number % lanes.Senders.Count)].EnqueueAsync(client, number, stamp);
    }
}
