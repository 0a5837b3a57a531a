using System.ComponentModel;

namespace TypedTasks.Calls;

/// <summary>What generated proxies need beside the client.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RemoteCall
{
    /// <summary>Waits for a task that returns nothing.</summary>
    public static ValueTask WithoutResult(ValueTask<NoResult> running)
    {
        if (!running.IsCompletedSuccessfully)
        {
            return Await(running);
        }

        _ = running.Result;
        return default;

        static async ValueTask Await(ValueTask<NoResult> running) => await running.ConfigureAwait(false);
    }
}
