using TypedTasks.Simulation.Checks;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation.Broker;

/// <summary>What the store for large outcomes holds: one for all processes, as a shared disk is.</summary>
internal sealed class SimLargeFiles(SimWorld world, bool isUnsteady, Breakage breakage)
{
    private readonly Dictionary<TaskId, byte[]> _files = [];

    /// <summary>Writes a file; false when the store refuses, as one does that is full.</summary>
    internal bool TryWrite(TaskId id, byte[] outcome, ResultLaws laws)
    {
        if (isUnsteady && world.Chance(0.3))
        {
            return false;
        }

        laws.Taken(id, outcome);
        if (breakage != Breakage.ForgetsLargeResults)
        {
            _files[id] = outcome;
        }

        return true;
    }

    internal byte[] Read(TaskId id) => _files.GetValueOrDefault(id) ?? [];
}

/// <summary>One process's way to the store for large outcomes: over the network, as to the broker.</summary>
internal sealed class SimLargeStore(SimLargeFiles files, ResultLaws laws, Network network, SimProcess process, Breakage breakage) : ILargeOutcomeStore
{
    public async ValueTask WriteAsync(TaskId id, ReadOnlyMemory<byte> outcome, TimeSpan keep, CancellationToken cancellationToken)
    {
        byte[] bytes = outcome.ToArray();
        Task<bool> writing = network.CallAsync(process, () => files.TryWrite(id, bytes, laws));
        await writing.Quietly();
        if (!writing.IsCompletedSuccessfully || !writing.Result)
        {
            laws.Refused(bytes);
            await writing.ConfigureAwait(false);
            throw new IOException("The store is full.");
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TaskId id, CancellationToken cancellationToken)
    {
        byte[] bytes = await network.CallAsync(process, () => files.Read(id)).ConfigureAwait(false);
        if (breakage == Breakage.SpoilsLargeResults && bytes.Length > 0)
        {
            bytes = [.. bytes[..^1], (byte)~bytes[^1]];
        }

        return bytes;
    }
}
