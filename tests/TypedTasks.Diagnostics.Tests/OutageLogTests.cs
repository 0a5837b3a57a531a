using Microsoft.Extensions.Logging;
using TypedTasks.Worker;

namespace TypedTasks.Diagnostics.Tests;

/// <summary>What a worker says of an engine that does not answer.</summary>
public sealed class OutageLogTests : ILogger
{
    private readonly List<(LogLevel Level, string Text, Exception? Exception)> _lines = [];

    [Fact]
    public void A_long_outage_is_told_of_ever_more_seldom_and_without_a_stack()
    {
        for (int failures = 1; failures <= 40; failures++)
        {
            WorkerLog.HeartbeatFailed(this, "ada", failures, new TaskEngineException("No answer in time."));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32], _lines.Index().Where(line => line.Item.Level == LogLevel.Warning).Select(line => line.Index + 1));
        Assert.All(_lines, line => Assert.Equal(("The sign of life of the worker ada cannot be written; trying again: No answer in time.", null), (line.Text, line.Exception)));
    }

    [Fact]
    public void What_nobody_expects_comes_with_its_stack()
    {
        var unexpected = new InvalidOperationException("?");

        WorkerLog.SettleFailed(this, new Lane("default", "jobs"), 3, unexpected);

        Assert.Equal((LogLevel.Warning, "3 deliveries of the lane default/jobs cannot be settled; trying again: ?", unexpected), Assert.Single(_lines));
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Add((logLevel, formatter(state, exception), exception));
}
