using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;

[assembly: AssemblyFixture(typeof(TypedTasks.Nats.Tests.SharedServers))]

namespace TypedTasks.Nats.Tests;

/// <summary>One server of each release for all tests that do not harm theirs.</summary>
public sealed class SharedServers : IAsyncDisposable
{
    // What the engine's page lists as the least rights, for whatever queues there are: nothing that the suite asks of the engine needs more.
    private const string LeastRights = """
        no_auth_user: suite
        authorization { users: [ { user: suite, password: p, permissions: {
          publish: [
            "tt.>", "$JS.API.INFO", "$JS.API.STREAM.NAMES", "$JS.API.STREAM.CREATE.*", "$JS.API.STREAM.INFO.*", "$JS.API.STREAM.PURGE.*",
            "$JS.API.STREAM.MSG.DELETE.*", "$JS.API.DIRECT.GET.*",
            "$JS.API.CONSUMER.*.*", "$JS.API.CONSUMER.*.*.*", "$JS.API.CONSUMER.DURABLE.CREATE.*.*", "$JS.API.CONSUMER.MSG.NEXT.*.*", "$JS.ACK.>"
          ],
          subscribe: ["_INBOX.>", "tt.t.*", "tt.b.>"]
        } } ] }
        """;

    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly Dictionary<ServerVersion, NatsServerProcess> Servers = [];

    /// <summary>The server's address; skips the test where there is no such server.</summary>
    public static async Task<NatsServerProcess> GetAsync(ServerVersion version)
    {
        await Gate.WaitAsync();
        try
        {
            if (!Servers.TryGetValue(version, out NatsServerProcess? server))
            {
                server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = version, Configuration = LeastRights });
                Servers.Add(version, server);
            }

            return server;
        }
        finally
        {
            Gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NatsServerProcess server in Servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}

/// <summary>The NATS engine on a real server, in real time.</summary>
public abstract class NatsUnderTest(ServerVersion version) : EngineUnderTest
{
    private NatsEngine? _engine;

    public override TimeProvider Time => TimeProvider.System;

    /// <summary>The server's own memory of message ids, for <see cref="NatsEngineOptions.DuplicateWindow"/>.</summary>
    public override bool RemembersForgottenIds => true;

    public override async ValueTask<ITaskEngine> CreateAsync(EngineSetup setup)
    {
        var options = new NatsEngineOptions();
        options.Servers.Add((await SharedServers.GetAsync(version)).Url);
        options.MaxTasksPerQueue = setup.MaxTasksPerLane ?? options.MaxTasksPerQueue;
        options.PublishTimeout = setup.PublishTimeout ?? options.PublishTimeout;
        _engine = new NatsEngine(options, TimeProvider.System, NullLogger.Instance);
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

public class NatsFloor() : NatsUnderTest(ServerVersion.Floor)
{
    /// <summary>A server before 2.10.16 counts a delivery before it looks for a request, and may find only one that has just run out: the task waits for another lease, and its count stays. Seen where both end within 3 ms.</summary>
    public override bool CountsOnlyWhatArrived => false;
}

public sealed class NatsNewest() : NatsUnderTest(ServerVersion.Newest);

/// <summary>Tasks under their callers' own ids, each on a subject of its own.</summary>
public sealed class NatsChosenIds : NatsFloor
{
    public override bool CallersChooseIds => true;
}
