using System.Runtime.CompilerServices;
using TypedTasks.Engine;

namespace TypedTasks.Idempotency;

/// <summary>
/// Lets a keyed task through once: the key is claimed before the handler runs, completed with its outcome, and released when it fails. Consulted on every
/// delivery of a keyed task, whatever its attempt: a broker that was killed delivers settled tasks again as if for the first time.
/// </summary>
/// <remarks>
/// The store's revision is the fence: whoever claims a key changes its revision, and completing asks for the revision claimed, so a worker that lost its
/// lease completes nothing. A claim outlives its worker; the same task, delivered again with a greater fence, takes it over.
/// </remarks>
internal sealed class IdempotencyGate(IStateStore state)
{
    // Each round trip that fails to decide means that somebody else moved in between; they cannot go on for ever, but a bound costs nothing.
    private const int Rounds = 16;

    /// <summary>The key of a task in the state store.</summary>
    internal static string KeyOf(TaskDescriptor task, string key) => $"i:{task.Name}:{key}";

    /// <summary>The key under which a task that runs at most once is claimed for good.</summary>
    internal static string KeyOf(TaskId id) => $"a:{id}";

    /// <param name="key">The key in the state store.</param>
    /// <param name="id">The task that asks.</param>
    /// <param name="fence">Its fence.</param>
    /// <param name="timeToLive">How long the claim holds if its worker vanishes and the task with it.</param>
    /// <param name="takeOver">Whether a claim of an earlier delivery of the same task is taken over, because that delivery is over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TaskEngineException">The store did not answer.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<Claim> ClaimAsync(string key, TaskId id, long fence, TimeSpan timeToLive, bool takeOver, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> mine = new ClaimRecord(id, fence, default).ToBytes();
        for (int round = 0; round < Rounds; round++)
        {
            StateWrite created = await state.CreateAsync(key, mine, timeToLive, cancellationToken).ConfigureAwait(false);
            if (created.Applied)
            {
                return new Claim(ClaimKind.Claimed, key, created.Current.Revision, default);
            }

            if (created.Current.Value.IsEmpty)
            {
                // It was there and is gone: released, or expired.
                continue;
            }

            ClaimRecord held = ClaimRecord.Read(created.Current.Value);
            if (held.IsCompleted)
            {
                return new Claim(ClaimKind.Completed, key, 0, held.Outcome);
            }

            if (held.Holder != id)
            {
                return new Claim(ClaimKind.Busy, key, 0, default);
            }

            if (held.Fence > fence)
            {
                return new Claim(ClaimKind.Stale, key, 0, default);
            }

            if (held.Fence < fence && !takeOver)
            {
                return new Claim(ClaimKind.Started, key, 0, default);
            }

            StateWrite taken = await state.ReplaceAsync(key, created.Current.Revision, mine, timeToLive, cancellationToken).ConfigureAwait(false);
            if (taken.Applied)
            {
                return new Claim(ClaimKind.Claimed, key, taken.Current.Revision, default);
            }
        }

        return new Claim(ClaimKind.Busy, key, 0, default);
    }

    /// <summary>The outcome under a key that was completed; empty where it was not.</summary>
    /// <exception cref="TaskEngineException">The store did not answer.</exception>
    internal async ValueTask<ReadOnlyMemory<byte>> RecallAsync(string key, CancellationToken cancellationToken) =>
        await state.GetAsync(key, cancellationToken).ConfigureAwait(false) is { } found ? ClaimRecord.Read(found.Value).Outcome : default;

    /// <summary>Records the outcome under the key, for <paramref name="window"/>; returns false when the claim is not ours any more.</summary>
    /// <exception cref="TaskEngineException">The store did not answer; completing again is safe.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<bool> CompleteAsync(Claim claim, TaskId id, long fence, ReadOnlyMemory<byte> outcome, TimeSpan window, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> completed = new ClaimRecord(id, fence, outcome).ToBytes();
        StateWrite write = await state.ReplaceAsync(claim.Key, claim.Revision, completed, window, cancellationToken).ConfigureAwait(false);

        // A write whose answer was lost and that is tried again finds its own record.
        return write.Applied || write.Current.Value.Span.SequenceEqual(completed.Span);
    }

    /// <summary>Lets the key go after a failure, if it is still ours.</summary>
    /// <exception cref="TaskEngineException">The store did not answer; releasing again is safe.</exception>
    internal async ValueTask ReleaseAsync(Claim claim, CancellationToken cancellationToken) =>
        await state.DeleteAsync(claim.Key, claim.Revision, cancellationToken).ConfigureAwait(false);
}
