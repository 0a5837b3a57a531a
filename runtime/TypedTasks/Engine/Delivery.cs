namespace TypedTasks.Engine;

/// <summary>
/// A task in a worker's hands, under a lease. Engines derive from it to keep what they need to settle it, and pool the instances.
/// </summary>
/// <remarks>
/// Owned by the consumer's caller from <see cref="ILaneConsumer.ReceiveAsync"/> until it is settled; not to be touched afterwards.
/// </remarks>
public abstract class Delivery
{
    /// <summary>The envelope, in one piece. Valid until the delivery is settled.</summary>
    public abstract ReadOnlyMemory<byte> Envelope { get; }

    /// <summary>
    /// The attempt, from 1: how often the task was delivered, this time included. A delivery whose worker vanished counts;
    /// one that was settled by <see cref="SettlementKind.Release"/> does not, nor does a <see cref="SettlementKind.Retry"/> that does not count.
    /// </summary>
    public abstract int Attempt { get; }

    /// <summary>The fence: greater than that of every earlier delivery of the task.</summary>
    public abstract long Fence { get; }
}
