namespace TypedTasks;

/// <summary>
/// Where outcomes go that the engine refuses for their size: a file system, an object store. The engine then keeps a note that the outcome is here.
/// Workers and the clients that wait for such results register the same one.
/// </summary>
public interface ILargeOutcomeStore
{
    /// <summary>Writes an outcome record. Durable when this returns; writing under the same id again replaces it.</summary>
    /// <param name="id">The outcome's own id, not its task's: each attempt writes under a new one, so that an attempt that lost its lease replaces nothing.</param>
    /// <param name="outcome">The record, to be kept as it is.</param>
    /// <param name="keep">How long it is to be kept at least.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask WriteAsync(TaskId id, ReadOnlyMemory<byte> outcome, TimeSpan keep, CancellationToken cancellationToken);

    /// <summary>Reads the outcome record that was written under <paramref name="id"/>; empty when there is none.</summary>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(TaskId id, CancellationToken cancellationToken);
}
