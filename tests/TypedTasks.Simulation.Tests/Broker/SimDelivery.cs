using TypedTasks.Engine;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation.Broker;

/// <summary>A delivery of the broker model.</summary>
internal sealed class SimDelivery(SimTask task, int attempt, long fence, SimProcess process) : Delivery
{
    /// <summary>Whom it was made to.</summary>
    internal SimProcess Process => process;

    internal SimTask Task => task;

    public override ReadOnlyMemory<byte> Envelope => task.Envelope;

    public override int Attempt => attempt;

    public override long Fence => fence;
}
