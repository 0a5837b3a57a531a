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

    /// <summary>The broker drops a task that it is told has expired.</summary>
    DropsExpired,

    /// <summary>The broker tells who waits for a task that it was cancelled when it has expired.</summary>
    MistellsExpired,

    /// <summary>The workers' time of day stands still: they know no expiry and no deadline.</summary>
    WorkersClocksStandStill,

    /// <summary>The workers' time of day is an hour ahead: whatever may expire has.</summary>
    WorkersClocksRunAhead,

    /// <summary>The client does not send the caller's deadline along.</summary>
    SendsNoDeadline,

    /// <summary>The state store writes progress whatever is there.</summary>
    OverwritesProgress,

    /// <summary>The state store now and then reads progress as it was before.</summary>
    ReadsOldProgress,

    /// <summary>The state store reads the progress of any task.</summary>
    MixesUpProgress,

    /// <summary>The state store writes for handlers that were told to stop.</summary>
    WritesForTheStopped,

    /// <summary>The broker says that it takes larger outcomes than it does.</summary>
    SaysItTakesMore,

    /// <summary>The store for large outcomes says that it has written what it has not.</summary>
    ForgetsLargeResults,

    /// <summary>The store for large outcomes reads something else than was written.</summary>
    SpoilsLargeResults,

    /// <summary>The workers do not use the store for large outcomes.</summary>
    WorkersKnowNoStore,

    /// <summary>A handler that is to run on a dedicated thread runs anywhere.</summary>
    RunsDedicatedAnywhere,

    /// <summary>A worker does not count what it has done.</summary>
    NeverRecycles,

    /// <summary>A worker that is to stop goes on.</summary>
    StopsInNameOnly,

    /// <summary>A worker that is to stop does not wait for what it has in hand.</summary>
    StopsWithoutDraining,

    /// <summary>The broker does not know a step of a canvas again that it has accepted.</summary>
    AcceptsStepsTwice,

    /// <summary>The broker enqueues what follows a step of a canvas when it delivers that.</summary>
    ContinuesEarly,

    /// <summary>The state store notes the end of a group's member that has not begun.</summary>
    FillsGroups,

    /// <summary>A step of a canvas is sent under a new id each time.</summary>
    RenamesSteps,

    /// <summary>The broker says that it has accepted a step of a canvas, and has not.</summary>
    LosesSteps,

    /// <summary>The state store forgets the plans of canvases.</summary>
    ForgetsPlans,

    /// <summary>The state store reads the plan of any canvas.</summary>
    MixesUpPlans,

    /// <summary>The state store reads plans of canvases as if every member of a group had to succeed.</summary>
    ReadsPlansStrictly,

    /// <summary>The state store reads the result of a group's first member for that of any.</summary>
    MixesUpMembers,
}
