using System.Diagnostics;

namespace TypedTasks.TestServers.Processes;

/// <summary>Waiting for something outside this process, which cannot be awaited: ask, often at first, until a limit.</summary>
internal static class Poll
{
    /// <returns>False when <paramref name="timeout"/> passed first.</returns>
    public static async Task<bool> UntilAsync(Func<CancellationToken, Task<bool>> condition, TimeSpan timeout)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using CancellationTokenSource limit = new(timeout);
        TimeSpan pause = TimeSpan.FromMilliseconds(5);
        while (watch.Elapsed < timeout)
        {
            try
            {
                if (await condition(limit.Token))
                {
                    return true;
                }

                await Task.Delay(pause, limit.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                return false;
            }

            pause = TimeSpan.FromMilliseconds(Math.Min(100, pause.TotalMilliseconds * 1.5));
        }

        return false;
    }

    public static Task<bool> UntilAsync(Func<bool> condition, TimeSpan timeout) =>
        UntilAsync(_ => Task.FromResult(condition()), timeout);
}
