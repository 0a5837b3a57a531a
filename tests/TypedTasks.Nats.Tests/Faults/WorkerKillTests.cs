using TypedTasks.TestServers;
using TypedTasks.WorkerCrashes;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>Worker processes that are killed or stopped, on NATS.</summary>
public sealed class WorkerKillTests : WorkerCrashTests
{
    private NatsServerProcess? _server;

    protected override string EngineName => "nats";

    protected override async Task<string> StartServerAsync() => (_server = await NatsServerProcess.StartAsync()).Url;

    protected override Task StopServerAsync() => _server?.DisposeAsync().AsTask() ?? Task.CompletedTask;
}
