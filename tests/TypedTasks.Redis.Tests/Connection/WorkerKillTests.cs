using TypedTasks.TestServers;
using TypedTasks.WorkerCrashes;

namespace TypedTasks.Redis.Tests.Connection;

/// <summary>Worker processes that are killed or stopped, on Redis.</summary>
public sealed class WorkerKillTests : WorkerCrashTests
{
    private RedisServerProcess? _server;

    protected override string EngineName => "redis";

    protected override async Task<string> StartServerAsync() => (_server = await RedisServerProcess.StartAsync()).Endpoint;

    protected override Task StopServerAsync() => _server?.DisposeAsync().AsTask() ?? Task.CompletedTask;
}
