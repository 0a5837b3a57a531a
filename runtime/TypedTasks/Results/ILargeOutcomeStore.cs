namespace TypedTasks;

/// <summary>
/// Where outcomes go that the engine refuses for their size: a file system, an object store. The engine then keeps a note that the outcome is here.
/// Workers and the clients that wait for such results register the same one.
/// </summary>
public interface ILargeOutcomeStore
{
    /// <summary>Writes the outcome record of a task. Durable when this returns; writing it again replaces it.</summary>
    /// <param name="id">The task.</param>
    /// <param name="outcome">The record, to be kept as it is.</param>
    /// <param name="keep">How long it is to be kept at least.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask WriteAsync(TaskId id, ReadOnlyMemory<byte> outcome, TimeSpan keep, CancellationToken cancellationToken);

    /// <summary>Reads the outcome record of a task; empty when there is none.</summary>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(TaskId id, CancellationToken cancellationToken);
}
