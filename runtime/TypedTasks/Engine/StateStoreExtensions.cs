namespace TypedTasks.Engine;

/// <summary>What several rooms do with the state store.</summary>
internal static class StateStoreExtensions
{
    /// <summary>Deletes the value that a key has, if it is not replaced meanwhile.</summary>
    /// <exception cref="TaskEngineException">The engine did not answer; the value may have been deleted.</exception>
    internal static async ValueTask TakeAwayAsync(this IStateStore state, string key, CancellationToken cancellationToken)
    {
        if (await state.GetAsync(key, cancellationToken).ConfigureAwait(false) is { } found)
        {
            await state.DeleteAsync(key, found.Revision, cancellationToken).ConfigureAwait(false);
        }
    }
}
