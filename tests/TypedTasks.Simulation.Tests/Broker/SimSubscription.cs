using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation.Broker;

/// <summary>One process's ear on a channel of the broker model.</summary>
internal sealed class SimSubscription(string channel, Action<ReadOnlyMemory<byte>> onMessage, SimProcess process) : IAsyncDisposable
{
    internal string Channel => channel;

    internal SimProcess Process => process;

    internal bool IsOver { get; private set; }

    internal void Tell(byte[] message)
    {
        if (!IsOver)
        {
            onMessage(message);
        }
    }

    public ValueTask DisposeAsync()
    {
        IsOver = true;
        return ValueTask.CompletedTask;
    }
}
