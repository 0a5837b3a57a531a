using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests;

/// <summary>The Redis engine on a server that the tests of one kind share; each test has keys of its own.</summary>
public abstract class RedisUnderTest : EngineUnderTest
{
    /// <summary>What the user on the engine's page may do.</summary>
    public const string LeastRights = "+@all -@admin -@dangerous +info +role +client|kill +client|unblock +client|id +client|setname";

    /// <summary>Nothing that the suite asks of the engine needs more than these rights on the keys of its tests.</summary>
    protected const string Users = $"user default on nopass ~t* &t* {LeastRights}";

    private RedisEngine? _engine;

    public override TimeProvider Time => TimeProvider.System;

    public override TimeSpan Lease => TimeSpan.FromSeconds(1);

    protected abstract Task<RedisServerProcess> Server { get; }

    protected virtual string Extra => "";

    public override async ValueTask<ITaskEngine> CreateAsync(EngineSetup setup)
    {
        RedisServerProcess server = await Server;
        RedisEngineOptions options = RedisEngineOptions.Parse($"{server.Endpoint},keyPrefix=t{Guid.NewGuid():N}{Extra}");
        _engine = new RedisEngine(
            options with { MaxTasksPerLane = setup.MaxTasksPerLane ?? options.MaxTasksPerLane, PublishTimeout = setup.PublishTimeout ?? options.PublishTimeout },
            NullLogger<RedisEngine>.Instance);
        return _engine;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}

/// <summary>Redis 7.0 that writes to disk before it answers.</summary>
public sealed class DurableRedis : RedisUnderTest
{
    private static readonly Lazy<Task<RedisServerProcess>> Shared = new(() => RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.Always, AccessControl = Users }));

    protected override Task<RedisServerProcess> Server => Shared.Value;
}

/// <summary>Redis 7.0 that keeps nothing, spoken to in RESP2, with ids that callers chose.</summary>
public sealed class MemoryRedis : RedisUnderTest
{
    private static readonly Lazy<Task<RedisServerProcess>> Shared = new(() => RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.No, AccessControl = Users }));

    protected override Task<RedisServerProcess> Server => Shared.Value;

    protected override string Extra => ",protocol=2";

    public override bool CallersChooseIds => true;
}

/// <summary>The newest Valkey.</summary>
public sealed class NewestValkey : RedisUnderTest
{
    private static readonly Lazy<Task<RedisServerProcess>> Shared = new(() => RedisServerProcess.StartAsync(new RedisServerOptions { Version = ServerVersion.Newest, AccessControl = Users }));

    protected override Task<RedisServerProcess> Server => Shared.Value;
}

/// <summary>Redis 7.0 with a replica that must have everything before it counts as done; the replica connects as the default user, who may therefore do everything.</summary>
public sealed class ReplicatedRedis : RedisUnderTest
{
    private static readonly Lazy<Task<RedisServerProcess>> Shared = new(StartAsync);

    protected override Task<RedisServerProcess> Server => Shared.Value;

    protected override string Extra => ",waitReplicas=1";

    private static async Task<RedisServerProcess> StartAsync()
    {
        RedisServerProcess primary = await RedisServerProcess.StartAsync();
        await RedisServerProcess.StartAsync(new RedisServerOptions { ReplicaOf = primary });
        return primary;
    }
}

public sealed class DurablePublishing : Publishing<DurableRedis>;

public sealed class DurableCapacity : Capacity<DurableRedis>;

public sealed class DurableConsuming : Consuming<DurableRedis>;

public sealed class DurableLeases : Leases<DurableRedis>;

public sealed class DurableSettling : Settling<DurableRedis>;

public sealed class DurableDelays : Delays<DurableRedis>;

public sealed class DurableDeadLetters : DeadLetters<DurableRedis>;

public sealed class DurableOutcomes : Outcomes<DurableRedis>;

public sealed class DurableState : State<DurableRedis>;

public sealed class DurableBroadcasting : Broadcasting<DurableRedis>;

public sealed class DurableAdministration : Administration<DurableRedis>;

public sealed class DurableStopping : Stopping<DurableRedis>;

public sealed class MemoryPublishing : Publishing<MemoryRedis>;

public sealed class MemoryCapacity : Capacity<MemoryRedis>;

public sealed class MemoryConsuming : Consuming<MemoryRedis>;

public sealed class MemoryLeases : Leases<MemoryRedis>;

public sealed class MemorySettling : Settling<MemoryRedis>;

public sealed class MemoryDelays : Delays<MemoryRedis>;

public sealed class MemoryDeadLetters : DeadLetters<MemoryRedis>;

public sealed class MemoryOutcomes : Outcomes<MemoryRedis>;

public sealed class MemoryState : State<MemoryRedis>;

public sealed class MemoryBroadcasting : Broadcasting<MemoryRedis>;

public sealed class MemoryAdministration : Administration<MemoryRedis>;

public sealed class MemoryStopping : Stopping<MemoryRedis>;

public sealed class ValkeyPublishing : Publishing<NewestValkey>;

public sealed class ValkeyCapacity : Capacity<NewestValkey>;

public sealed class ValkeyConsuming : Consuming<NewestValkey>;

public sealed class ValkeyLeases : Leases<NewestValkey>;

public sealed class ValkeySettling : Settling<NewestValkey>;

public sealed class ValkeyDelays : Delays<NewestValkey>;

public sealed class ValkeyDeadLetters : DeadLetters<NewestValkey>;

public sealed class ValkeyOutcomes : Outcomes<NewestValkey>;

public sealed class ValkeyState : State<NewestValkey>;

public sealed class ValkeyBroadcasting : Broadcasting<NewestValkey>;

public sealed class ValkeyAdministration : Administration<NewestValkey>;

public sealed class ValkeyStopping : Stopping<NewestValkey>;

public sealed class ReplicatedPublishing : Publishing<ReplicatedRedis>;

public sealed class ReplicatedCapacity : Capacity<ReplicatedRedis>;

public sealed class ReplicatedConsuming : Consuming<ReplicatedRedis>;

public sealed class ReplicatedLeases : Leases<ReplicatedRedis>;

public sealed class ReplicatedSettling : Settling<ReplicatedRedis>;

public sealed class ReplicatedOutcomes : Outcomes<ReplicatedRedis>;

public sealed class ReplicatedState : State<ReplicatedRedis>;
