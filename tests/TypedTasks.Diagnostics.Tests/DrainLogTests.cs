using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedTasks.Worker;

namespace TypedTasks.Diagnostics.Tests;

/// <summary>A worker that stops says at its start what it holds, and at its end what became of it.</summary>
public sealed class DrainLogTests : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    [Fact]
    public async Task What_finishes_in_time_is_counted_as_settled()
    {
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestHost host = await RunAsync((_, _, _) => new ValueTask<int>(gate.Task), grace: TestHost.Patience);
        Task stopping = host.StopAsync();
        gate.SetResult(1);
        await stopping;

        AssertLines("1 are running, 0 have not started and are handed back", "1 were settled, 0 handed back, 0 left to their leases");
    }

    [Fact]
    public async Task What_is_told_to_stop_is_counted_as_handed_back()
    {
        await using TestHost host = await RunAsync(
            async (_, _, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return 1;
            },
            grace: TimeSpan.Zero);
        await host.StopAsync();

        AssertLines("1 are running, 0 have not started and are handed back", "0 were settled, 1 handed back, 0 left to their leases");
    }

    /// <summary>A host whose handler has started.</summary>
    private async Task<TestHost> RunAsync(Func<string, TaskContext, CancellationToken, ValueTask<int>> handler, TimeSpan grace)
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TestHost host = await TestHost.StartAsync(
            worker => worker.ShutdownGrace = grace,
            services: services => services.AddLogging(logging => logging.AddProvider(this)));
        host.Jobs.OnRun = (script, context, token) =>
        {
            running.SetResult();
            return handler(script, context, token);
        };
        await host.Client.RunAsync("one");
        await running.Task.WaitAsync(TestHost.Patience);
        return host;
    }

    private void AssertLines(string first, string last)
    {
        Assert.Collection(
            _lines,
            line => Assert.EndsWith(first, line, StringComparison.Ordinal),
            line => Assert.EndsWith(last, line, StringComparison.Ordinal));
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name is nameof(WorkerLog.Draining) or nameof(WorkerLog.Drained))
        {
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
        }
    }

    void IDisposable.Dispose()
    {
    }
}
