using TypedTasks.Simulation.Broker;
using TypedTasks.Worker;

namespace TypedTasks.Simulation.World;

/// <summary>The dedicated threads of a simulated worker: what is queued runs when the seed has one of them come to it, and is known to run there.</summary>
internal sealed class SimThreads(SimWorld world, SimProcess process, Breakage breakage) : IHandlerThreads
{
    // How long a thread may take to start, or to be woken.
    private static readonly TimeSpan LongestWake = TimeSpan.FromMilliseconds(200);

    private bool _isEnded;

    public bool IsCurrent { get; private set; }

    public void Queue(IThreadPoolWorkItem item)
    {
        if (_isEnded)
        {
            process.Queue(item);
            return;
        }

        world.Schedule(world.SomeDelay(LongestWake), () => Run(item), process);
    }

    public void Dispose() => _isEnded = true;

    private void Run(IThreadPoolWorkItem item)
    {
        // One event at a time: whatever runs before this returns runs on the thread.
        IsCurrent = breakage != Breakage.RunsDedicatedAnywhere;
        try
        {
            item.Execute();
        }
        finally
        {
            IsCurrent = false;
        }
    }
}
