namespace TypedTasks.Simulation.Broker;

/// <summary>Ways to break the world on purpose, so that each check is seen to find what it is there for.</summary>
internal enum Breakage
{
    None = 0,

    /// <summary>The broker settles for whoever asks, lease or not.</summary>
    SettlesWithoutLease,

    /// <summary>The broker forgets a task that is retried.</summary>
    ForgetsRetries,

    /// <summary>The broker delivers before a task's time.</summary>
    DeliversEarly,

    /// <summary>The broker does not count attempts.</summary>
    ForgetsAttempts,

    /// <summary>The state store writes whatever the revision.</summary>
    IgnoresRevisions,

    /// <summary>The broker does not wake who waits for an outcome.</summary>
    ForgetsWaiters,

    /// <summary>The broker settles a task as complete when it is told to hand it back.</summary>
    CompletesReleases,
}
