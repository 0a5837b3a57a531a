namespace TypedTasks.Simulation.World;

/// <summary>Waiting in the world.</summary>
internal static class SimDelay
{
    /// <summary>Waits as a handler would, on the world's clock; ends early, and returns true, when the token fires.</summary>
    internal static Task<bool> DelayAsync(this SimWorld world, TimeSpan delay, SimProcess process, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<bool>();
        CancellationTokenRegistration stopping = cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), done);
        world.Schedule(
            delay,
            () =>
            {
                stopping.Dispose();
                done.TrySetResult(false);
            },
            process);
        return done.Task;
    }
}
