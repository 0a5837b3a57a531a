using TypedTasks.Engine;

namespace TypedTasks.Conformance.Engine;

/// <summary>What a behaviour needs of the engine that it is tried on.</summary>
public sealed record EngineSetup
{
    /// <summary>How many tasks a lane may hold; null for the engine's default.</summary>
    public int? MaxTasksPerLane { get; init; }

    /// <summary>How long publishing into a full lane waits; null for the engine's default.</summary>
    public TimeSpan? PublishTimeout { get; init; }

    /// <summary>The largest envelope and the largest outcome, in bytes; null for the engine's defaults. An engine that cannot be told so may take more, up to 1 MiB.</summary>
    public int? MaxLength { get; init; }
}

/// <summary>
/// An engine that the suite is run on. Derive from it, then derive one empty class from each behaviour: about 20 lines for a whole engine.
/// </summary>
public abstract class EngineUnderTest : IAsyncDisposable
{
    /// <summary>The clock of the engine.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>The lease that behaviours ask for: short where time really has to pass.</summary>
    public virtual TimeSpan Lease => TimeSpan.FromSeconds(2);

    /// <summary>How much later than at its due time an engine may notice it.</summary>
    public virtual TimeSpan Lateness => TimeSpan.FromSeconds(1);

    /// <summary>How long after its due time something may be seen. In real time the machine may stand still, which says nothing about the engine; how soon it happens is shown in virtual time.</summary>
    public virtual TimeSpan LatestSeen => TimeSpan.FromSeconds(15);

    /// <summary>
    /// Whether every delivery that counts as an attempt reached a worker. Where not, a lease that ends at the very moment at which a worker's request does may cost an attempt more.
    /// </summary>
    public virtual bool CountsOnlyWhatArrived => true;

    /// <summary>Whether the capacity of a lane can be set by <see cref="EngineSetup.MaxTasksPerLane"/>, exactly.</summary>
    public virtual bool HasExactCapacity => true;

    /// <summary>Whether an id stays taken for a while after its task's outcome was forgotten: a task that is published under it again is a duplicate.</summary>
    public virtual bool RemembersForgottenIds => false;

    /// <summary>Whether ids are the callers' own, so that each may have been published before; where not, ids are made for their publishing.</summary>
    public virtual bool CallersChooseIds => false;

    /// <summary>Makes an engine, and disposes it when the test ends.</summary>
    public abstract ValueTask<ITaskEngine> CreateAsync(EngineSetup setup);

    /// <summary>Lets time pass: virtual time is set forward, on a broker the test really waits.</summary>
    public virtual async ValueTask AdvanceAsync(TimeSpan span) => await Task.Delay(span).ConfigureAwait(false);

    /// <summary>Lets pass what an engine needs to deliver something that it has, so that a test may say that there is nothing.</summary>
    public virtual async ValueTask QuietAsync() => await Task.Delay(TimeSpan.FromMilliseconds(200)).ConfigureAwait(false);

    /// <summary>Tells a host of the suite what it has to know of this engine's time; nothing where that is the real time.</summary>
    public virtual void Configure(TypedTasksBuilder tasks)
    {
    }

    /// <summary>Lets time pass until <paramref name="signal"/> has completed: virtual time is set forward, on a broker it passes by itself.</summary>
    public virtual Task UntilAsync(Task signal, CancellationToken cancellationToken) => signal.WaitAsync(cancellationToken);

    /// <summary>Disposes what was created.</summary>
    public abstract ValueTask DisposeAsync();
}
