namespace TypedTasks.Worker;

/// <summary>The threads of one lane for handlers that compute: <see cref="DedicatedThreads"/>, or a model of them in a simulation. Disposing ends them.</summary>
internal interface IHandlerThreads : IDisposable
{
    /// <summary>Whether this code runs on one of these threads already.</summary>
    bool IsCurrent { get; }

    /// <summary>Runs <paramref name="item"/> on one of the threads; on the scheduler when they were ended. Allocates nothing once the threads are started.</summary>
    void Queue(IThreadPoolWorkItem item);
}
