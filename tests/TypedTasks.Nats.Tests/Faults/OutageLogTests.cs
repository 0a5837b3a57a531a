using Microsoft.Extensions.Logging;
using TypedTasks.Nats.Connection;

namespace TypedTasks.Nats.Tests.Faults;

public sealed class OutageLogTests : ILogger
{
    private readonly List<LogLevel> _levels = [];

    [Fact]
    public void A_long_outage_is_told_of_ever_more_seldom()
    {
        for (int attempt = 1; attempt <= 128; attempt++)
        {
            Log.ConnectFailed(this, "typedtasks work", attempt, "refused", isNew: attempt == 50);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 50, 64, 96, 128], _levels.Index().Where(told => told.Item == LogLevel.Warning).Select(told => told.Index + 1));
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _levels.Add(logLevel);
}
