using Microsoft.Extensions.Logging;

namespace TypedTasks.Redis.Tests.Connection;

public sealed class OutageLogTests : ILogger
{
    private readonly List<LogLevel> _levels = [];

    [Fact]
    public void A_long_outage_is_told_of_ever_more_seldom()
    {
        for (int attempt = 1; attempt <= 128; attempt++)
        {
            RedisLog.CannotReconnect(this, attempt, "refused");
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 96, 128], _levels.Index().Where(told => told.Item == LogLevel.Warning).Select(told => told.Index + 1));
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _levels.Add(logLevel);
}
