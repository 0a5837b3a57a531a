using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;

namespace TypedTasks.Embedded.Tests;

/// <summary>The embedded engine on virtual time.</summary>
public sealed class EmbeddedUnderTest : EngineUnderTest
{
    private readonly VirtualTime _time = new();
    private EmbeddedEngine? _engine;

    public override TimeProvider Time => _time;

    public override TimeSpan LatestSeen => Lateness;

    public override ValueTask<ITaskEngine> CreateAsync(EngineSetup setup)
    {
        EmbeddedEngineOptions defaults = new();
        _engine = _time.CreateEngine(defaults with
        {
            MaxTasksPerLane = setup.MaxTasksPerLane ?? defaults.MaxTasksPerLane,
            PublishTimeout = setup.PublishTimeout ?? defaults.PublishTimeout,
            MaxEnvelopeLength = setup.MaxLength ?? defaults.MaxEnvelopeLength,
            MaxOutcomeLength = setup.MaxLength ?? defaults.MaxOutcomeLength,
        });
        return new ValueTask<ITaskEngine>(_engine);
    }

    public override void Configure(TypedTasksBuilder tasks) => tasks.UseVirtualTime(_time);

    public override async ValueTask AdvanceAsync(TimeSpan span) => await _time.AdvanceAsync(span);

    public override Task UntilAsync(Task signal, CancellationToken cancellationToken) => _time.AdvanceUntilAsync(signal, cancellationToken);

    /// <summary>What this engine has, it delivers at once.</summary>
    public override async ValueTask QuietAsync() => await _time.CalmAsync();

    public override ValueTask DisposeAsync() => _engine?.DisposeAsync() ?? default;
}

public sealed class EmbeddedPublishing : Publishing<EmbeddedUnderTest>;

public sealed class EmbeddedCapacity : Capacity<EmbeddedUnderTest>;

public sealed class EmbeddedConsuming : Consuming<EmbeddedUnderTest>;

public sealed class EmbeddedLeases : Leases<EmbeddedUnderTest>;

public sealed class EmbeddedSettling : Settling<EmbeddedUnderTest>;

public sealed class EmbeddedDelays : Delays<EmbeddedUnderTest>;

public sealed class EmbeddedDeadLetters : DeadLetters<EmbeddedUnderTest>;

public sealed class EmbeddedOutcomeStore : Outcomes<EmbeddedUnderTest>;

public sealed class EmbeddedStateStore : State<EmbeddedUnderTest>;

public sealed class EmbeddedBroadcasting : Broadcasting<EmbeddedUnderTest>;

public sealed class EmbeddedAdministering : Administration<EmbeddedUnderTest>;

public sealed class EmbeddedStopping : Stopping<EmbeddedUnderTest>;
