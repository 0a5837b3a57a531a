using TypedTasks.Engine;

namespace TypedTasks.Simulation.Broker;

/// <summary>A delivery of the broker model.</summary>
internal sealed class SimDelivery(SimTask task, int attempt, long fence) : Delivery
{
    internal SimTask Task => task;

    public override ReadOnlyMemory<byte> Envelope => task.Envelope;

    public override int Attempt => attempt;

    public override long Fence => fence;
}
